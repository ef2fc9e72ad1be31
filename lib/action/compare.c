/* SPDX-License-Identifier: MIT */
#include <mekit/action/compare.h>

#include <mekit/base/arith.h>

#define STEP 4096u

/* Compares the bytes of a differing block one by one; the caller skips equal blocks. */
static bool compare_block(struct mk_span a, struct mk_span b, uint64_t gap, struct mk_range *open,
                          struct mk_ranges *out) {
    for (size_t i = 0; i < a.n; i++) {
        if (mk_span_u8(a, i) == mk_span_u8(b, i))
            continue;
        uint64_t at = a.at + i;
        if (open->end > open->start && at - open->end <= gap)
            open->end = at + 1;
        else if (!mk_ranges_add(out, open->start, open->end))
            return false;
        else
            *open = (struct mk_range){at, at + 1};
    }
    return true;
}

bool mk_compare(struct mk_span a, struct mk_span b, uint64_t gap, struct mk_ranges *out) {
    uint64_t common = mk_min(a.n, b.n);
    struct mk_range open = {0, 0};
    for (uint64_t at = 0; at < common; at += STEP) {
        uint64_t size = mk_min(STEP, common - at);
        struct mk_span x = mk_span_clip(a, at, size), y = mk_span_clip(b, at, size);
        if (!mk_span_equal(x, y) && !compare_block(x, y, gap, &open, out))
            return false;
    }
    return mk_ranges_add(out, open.start, open.end) && mk_ranges_add(out, common, mk_max(a.n, b.n));
}

const char *mk_compare_region(const struct mk_image *a, uint64_t offset) {
    unsigned number =
        a->has_descriptor ? mk_descriptor_region_at(&a->descriptor, offset) : MK_NO_REGION;
    return number == MK_NO_REGION ? "" : mk_region_name(number);
}
