/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/format/fpt.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_fpt fpt;
    if (!mk_fpt_read(mk_span_of(bytes, n), &fpt, NULL))
        return 0;
    if (fpt.n > MK_LIMIT_FPT_ENTRIES || mk_fpt_end(&fpt) > n)
        abort();
    for (unsigned i = 0; i < fpt.n; i++)
        if (fpt.entries[i].start > fpt.entries[i].end || fpt.entries[i].end > n)
            abort();
    return 0;
}
