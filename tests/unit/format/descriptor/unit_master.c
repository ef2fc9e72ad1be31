/* SPDX-License-Identifier: MIT */
#include "patched.h"

#include <mekit/format/platform.h>

TestSuite(master, .fini = check_leaks);

static void expect(const char *recipe, struct patch p, bool locked, unsigned open) {
    struct mk_buffer b = forged(recipe);
    struct mk_descriptor d;
    patch(b, &p, 1);
    cr_assert(mk_descriptor_read(mk_buffer_span(b), NULL, &d, NULL));
    cr_assert_eq(mk_descriptor_is_locked(&d), locked, "%s", recipe);
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++)
        cr_assert_eq(mk_master_is_open(&d, i), open >> i & 1, "%s: FLMSTR%u", recipe, i + 1);
    free(b.p);
}

/* The write mask is at bit 24 in version 1, at bit 20 in version 2. */
Test(master, locked_if_only_the_me_may_write_fd_or_me) {
    expect("good-ifd-x230", (struct patch){0}, true, 0);
    expect("good-ifd-x230", (struct patch){0x60, 4, 0x0B0B0000}, false, 1);
    expect("good-ifd-x230", (struct patch){0x60, 4, 0x0E0B0000}, false, 1);
    expect("good-ifd-x230", (struct patch){0x60, 4, 0x0AFF0000}, true, 0);
    expect("good-ifd-x230", (struct patch){0x64, 4, 0xFFFF0000}, true, 0);
    expect("good-ifd-x230", (struct patch){0x68, 4, 0x09080118}, false, 1u << 2);
    expect("good-ifd-x230", (struct patch){0x68, 4, 0xFFFFFFFF}, true, 0);
    expect("good-ifd-tgl", (struct patch){0}, true, 0);
    expect("good-ifd-tgl", (struct patch){0x80, 4, 0xFFFFFFFF}, false, 1);
    expect("good-ifd-tgl", (struct patch){0x84, 4, 0xFFFFFFFF}, true, 0);
    expect("good-ifd-tgl", (struct patch){0x88, 4, 0xFFFFFFFF}, false, 1u << 2);
    expect("good-ifd-tgl", (struct patch){0x8C, 4, 0x00100000}, false, 1u << 3);
    expect("good-ifd-tgl", (struct patch){0x90, 4, 0x00400000}, false, 1u << 4);
    expect("good-ifd-tgl", (struct patch){0x90, 4, 0x10010100}, true, 0);
}

/* Clients have an erased FLMSTR6 unless somebody wrote it; servers use it. */
Test(master, ie_belongs_to_servers) {
    expect("good-ifd-tgl", (struct patch){0x94, 4, 0xFFFFFFFF}, true, 0);
    expect("good-ifd-tgl", (struct patch){0x94, 4, 0xFFFFFF00}, false, 1u << 5);
    expect("good-ifd-lbg", (struct patch){0x94, 4, 0xFFFFFFFF}, false, 1u << 5);
    expect("good-ifd-lbg", (struct patch){0x94, 4, 0x40040000}, true, 0);
}
