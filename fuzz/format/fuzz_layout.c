/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/format/bpdt.h>
#include <mekit/format/layout.h>
#include <stdlib.h>

/* A table is valid only if its pointers hit. */
static bool hits(struct mk_span region, const struct mk_layout *layout) {
    const struct mk_layout_extent *p = layout->pointers;
    return mk_span_has(region, p[MK_POINTER_DATA].offset, "$FPT", 4) ||
           mk_bpdt_is_at(mk_span_clip(region, p[MK_POINTER_BP1].offset, region.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_layout layout;
    struct mk_span region = mk_span_of(bytes, n);
    if (!mk_layout_read(region, &layout))
        return 0;
    if (!hits(region, &layout) || layout.version == MK_IFWI_NONE)
        abort();
    if (layout.version != MK_IFWI_17 && (layout.crc != layout.crc_expected || layout.flags != 0))
        abort();
    if (mk_layout_version_name(layout.version)[0] == 0 ||
        layout.n_pointers > MK_LAYOUT_POINTERS_MAX)
        abort();
    for (unsigned i = 0; i < layout.n_pointers; i++)
        if (mk_layout_pointer_name(i)[0] == 0)
            abort();
    return 0;
}
