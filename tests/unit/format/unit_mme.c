/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/mme.h>
#include <string.h>

TestSuite(mme, .fini = check_leaks);

#define AT     0x9000u /* offset of the manifest in its file */
#define HEADER 0x284u
#define START  (HEADER + 12u)
#define ROOM   (START + 0x80u * (MK_LIMIT_MODULES + 1))

static uint8_t bytes[ROOM];

/* A manifest of n bytes with a "$MME" at each stride. */
static struct mk_manifest manifest_of(unsigned modules, unsigned stride, size_t n) {
    memset(bytes, 0xEE, sizeof bytes);
    for (unsigned i = 0; i < modules && START + stride * i + 4 <= ROOM; i++)
        memcpy(bytes + START + stride * i, "$MME", 4);
    struct mk_span whole = {.p = bytes, .n = n, .at = AT};
    return (struct mk_manifest){
        .bytes = whole, .body = mk_span_clip(whole, HEADER, n), .n_modules = modules};
}

Test(mme, the_list_begins_behind_the_name) {
    struct mk_manifest m = manifest_of(1, 0x60, ROOM);
    cr_assert_eq(mk_mme_start(&m), START);
}

Test(mme, the_size_of_an_entry) {
    static const unsigned strides[] = {0x60, 0x80};
    for (size_t i = 0; i < 2; i++) {
        struct mk_manifest m = manifest_of(2, strides[i], ROOM);
        cr_assert_eq(mk_mme_stride(&m, 0), strides[i], "by where the second one stands");
        cr_assert_eq(mk_mme_stride(&m, 0x70), strides[i]);
        m = manifest_of(1, strides[i], ROOM);
        cr_assert_eq(mk_mme_stride(&m, 0), 0x60, "a single one");
        cr_assert_eq(mk_mme_stride(&m, 0x80), 0x80, "as its sibling");
        m.sha1 = true;
        cr_assert_eq(mk_mme_stride(&m, 0x80), 0x50, "generation 1");
        m = manifest_of(2, strides[i], START + 0x83);
        cr_assert_eq(mk_mme_stride(&m, 0), 0x60, "the second tag is cut off");
    }
}

Test(mme, entries_are_spans_of_that_size) {
    for (unsigned i = 0; i < MK_LIMIT_MODULES; i++) {
        struct mk_span entry;
        struct mk_error e = {0};
        struct mk_manifest m = manifest_of(i + 1, 0x60, START + 0x60 * (i + 1));
        cr_assert(mk_mme_read(&m, 0x60, i, &entry, &e), "%u: %s", i, e.what);
        cr_assert(entry.at == AT + START + 0x60 * i && entry.n == 0x60);
        m.bytes.n--;
        cr_assert_not(mk_mme_read(&m, 0x60, i, &entry, &e));
        cr_assert(e.code == MK_E_COUNT && e.offset == AT + 0x20);
        cr_assert(e.got == i + 1 && e.limit == i);
    }
}

Test(mme, more_modules_than_there_can_be) {
    struct mk_manifest m = manifest_of(MK_LIMIT_MODULES + 1, 0x60, ROOM);
    struct mk_span entry;
    struct mk_error e = {0};
    cr_assert_not(mk_mme_read(&m, 0x60, MK_LIMIT_MODULES, &entry, &e));
    cr_assert(e.code == MK_E_COUNT && e.offset == AT + 0x20);
    cr_assert(e.got == MK_LIMIT_MODULES + 1 && e.limit == MK_LIMIT_MODULES);
}

Test(mme, an_entry_has_its_tag) {
    for (unsigned i = 0; i < 4; i++) {
        struct mk_manifest m = manifest_of(2, 0x80, ROOM);
        struct mk_span entry;
        struct mk_error e = {0};
        bytes[START + 0x80 + i] ^= 0x20;
        cr_assert(mk_mme_read(&m, 0x80, 0, &entry, &e));
        cr_assert_not(mk_mme_read(&m, 0x80, 1, &entry, &e), "byte %u", i);
        cr_assert(e.code == MK_E_TAG && e.offset == AT + START + 0x80);
        cr_assert_str_eq(e.what, "expected \"$MME\" of module 1");
    }
}
