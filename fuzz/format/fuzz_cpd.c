/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/format/cpd.h>
#include <mekit/format/extension.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_cpd cpd;
    struct mk_span s = mk_span_of(bytes, n), extension;
    uint64_t cursor = 0, last = 0;
    uint32_t type;
    bool broken;
    if (mk_cpd_read(s, n, &cpd, NULL)) {
        for (unsigned i = 0; i < cpd.n; i++)
            if (cpd.entries[i].offset > cpd.entries[i].end || cpd.entries[i].end > n)
                abort();
        mk_cpd_free(&cpd);
    }
    while (mk_extension_next(s, &cursor, &type, &extension, &broken)) {
        if (cursor <= last)
            abort();
        last = cursor;
    }
    return 0;
}
