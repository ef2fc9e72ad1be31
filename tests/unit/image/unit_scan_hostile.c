/* SPDX-License-Identifier: MIT */
#include "forged.h"

#include <mekit/image/scan.h>

TestSuite(scan_hostile, .fini = check_leaks);

static struct mk_buffer directory_of(uint8_t entries) {
    struct mk_buffer b = {calloc(1, 0x40), 0x40};
    const uint8_t header[] = {'$', 'C', 'P', 'D', entries, 0, 0, 0, 1, 1, 0x10, 0};
    mk_buffer_put(b, 0, header, sizeof header);
    return b;
}

Test(scan_hostile, a_directory_that_names_more_than_the_file_holds_is_not_found) {
    for (unsigned entries = 0; entries < 0x100; entries++) {
        struct mk_found found;
        struct mk_error e;
        struct mk_buffer directory = directory_of((uint8_t)entries);
        struct mk_scan scan = {.file = mk_buffer_span(directory)};
        cr_assert_not(mk_scan_next(&scan, &found, &e));
        cr_assert_eq(e.code, MK_OK);
        free(directory.p);
    }
}
