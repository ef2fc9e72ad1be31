/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/format/llut.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_llut llut;
    unsigned first, pages;
    if (!mk_llut_read(mk_span_of(bytes, n), &llut, NULL))
        return 0;
    for (unsigned i = 0; i < llut.n; i++)
        if (llut.chunks[i].start > llut.chunks[i].end)
            abort();
    for (uint32_t base = 0; base < 0xF0000000u; base += 0x0FFFFFFFu) {
        mk_llut_pages(&llut, base, base, &first, &pages);
        if (first > llut.n || pages > llut.n - first)
            abort();
    }
    mk_llut_free(&llut);
    return 0;
}
