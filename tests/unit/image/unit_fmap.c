/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/descriptor.h>
#include <mekit/image/fmap.h>
#include <string.h>

TestSuite(fmap, .fini = check_leaks);

#define AT 0x123u

static struct mk_span make(uint8_t bytes[0x200], unsigned n) {
    struct mk_buffer b = {bytes, 0x200};
    mk_buffer_fill(b, 0, b.n, 0xFF);
    mk_buffer_put(b, 7, "__FMAP_", 7);
    mk_buffer_put(b, AT, "__FMAP__\x01\x01", 10);
    mk_buffer_uint(b, AT + 54, 2, n);
    mk_buffer_uint(b, AT + 56, 4, 0x3000);
    mk_buffer_uint(b, AT + 60, 4, 0xC000);
    mk_buffer_put(b, AT + 64, "SI_ME", 6);
    return mk_buffer_span(b);
}

Test(fmap, is_found_at_any_offset) {
    uint8_t bytes[0x200];
    struct mk_fmap fmap;
    struct mk_fmap_area area;
    cr_assert(mk_fmap_find(make(bytes, 1), &fmap));
    cr_assert_eq(fmap.n, 1);
    mk_fmap_area(&fmap, 0, &area);
    cr_assert_eq(area.offset, 0x3000);
    cr_assert_eq(area.size, 0xC000);
    cr_assert_str_eq((const char *)area.name, mk_fmap_region(MK_REGION_ME));
}

Test(fmap, must_lie_in_the_image) {
    uint8_t bytes[0x200];
    struct mk_fmap fmap;
    cr_assert_not(mk_fmap_find(make(bytes, 100), &fmap));
    cr_assert_not(mk_fmap_find(make(bytes, 0), &fmap));
    cr_assert_not(mk_fmap_find(mk_span_clip(make(bytes, 1), 0, AT + 56), &fmap));
}
