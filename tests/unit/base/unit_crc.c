/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/crc.h>

TestSuite(crc, .fini = check_leaks);

/* Python's zlib.crc32 gave these, with the four bytes at field as 0. */
static const struct {
    uint64_t field;
    uint32_t crc;
} rows[] = {{0, 0x30CC8BD8}, {1, 0x1CAD16BF}, {5, 0xE6DA0A4F}, {10, 0x3F817DBC}, {11, 0x78A29DFC}};

Test(crc, the_field_counts_as_zero) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t bytes[] = "123456789abcdef";
        for (int k = 0; k < 2; k++) {
            cr_assert_eq(mk_crc32_without(mk_span_of(bytes, 15), rows[i].field), rows[i].crc,
                         "field at %d", (int)rows[i].field);
            bytes[rows[i].field] ^= 0xFF;
            bytes[rows[i].field + 3] ^= 0x01;
        }
    }
}

Test(crc, all_else_counts) {
    for (unsigned bit = 0; bit < 8 * 15; bit++) {
        uint8_t bytes[] = "123456789abcdef";
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        bool field = bit / 8 >= 5 && bit / 8 < 9;
        cr_assert_eq(mk_crc32_without(mk_span_of(bytes, 15), 5) == rows[2].crc, field, "bit %u",
                     bit);
    }
}

/* The check values from catalogues of CRCs. */
Test(crc, the_check_values) {
    struct mk_span s = mk_span_of("123456789", 9);
    cr_assert_eq(mk_crc32(s), 0xCBF43926);
    cr_assert_eq(mk_crc16(0xFFFF, s), 0x29B1);
    cr_assert_eq(mk_crc16(0, s), 0x31C3);
    cr_assert_eq(mk_crc8(0, s), 0xF4);
    cr_assert_eq(mk_crc32(mk_span_of(NULL, 0)), 0);
    cr_assert_eq(mk_crc16(mk_crc16(0xFFFF, mk_span_of("1234", 4)), mk_span_of("56789", 5)), 0x29B1);
    cr_assert_eq(mk_crc8(mk_crc8(0, mk_span_of("1", 1)), mk_span_of("23456789", 8)), 0xF4);
}
