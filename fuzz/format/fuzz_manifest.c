/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/format/mme.h>
#include <mekit/image/signature.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_manifest m;
    struct mk_signature s;
    struct mk_span entry;
    struct mk_error e;
    if (!mk_manifest_read(mk_span_of(bytes, n), &m, &e))
        return 0;
    if (m.bytes.n > n || m.body.n > m.bytes.n)
        abort();
    mk_signature_check(&m, &s, &e);
    unsigned stride = mk_mme_stride(&m, 0);
    for (unsigned i = 0; i < m.n_modules && mk_mme_read(&m, stride, i, &entry, &e); i++)
        ;
    mk_manifest_tag_find(&m, mk_mme_start(&m), "$SKU", &entry);
    return 0;
}
