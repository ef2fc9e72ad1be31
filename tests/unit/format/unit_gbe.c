/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/field.h>
#include <mekit/format/host/gbe.h>
#include <string.h>

TestSuite(gbe, .fini = check_leaks);

#define WORDS 0x40u

static uint8_t bytes[MK_GBE_BANKS * MK_GBE_BANK_SIZE];
static const struct mk_buffer region = {bytes, sizeof bytes};

/* A bank whose words are i, i + 1, ... and whose last summed word makes the sum right. */
static void make_bank(unsigned bank, unsigned i) {
    uint64_t at = (uint64_t)bank * MK_GBE_BANK_SIZE;
    uint16_t sum = MK_GBE_SUM;
    for (unsigned k = 0; k + 1 < WORDS; k++, i++) {
        mk_buffer_uint(region, at + 2ull * k, 2, i);
        sum = (uint16_t)(sum - i);
    }
    mk_buffer_uint(region, at + 2ull * (WORDS - 1), 2, sum);
}

Test(gbe, two_banks) {
    struct mk_gbe_bank banks[MK_GBE_BANKS];
    make_bank(0, 0x1100);
    make_bank(1, 0x2200);
    mk_gbe_read(mk_buffer_span(region), banks);
    cr_assert(banks[0].present && banks[0].sum == MK_GBE_SUM);
    cr_assert_eq(memcmp(banks[0].mac, "\x00\x11\x01\x11\x02\x11", MK_GBE_MAC_SIZE), 0);
    cr_assert(banks[1].present && banks[1].sum == MK_GBE_SUM);
    cr_assert_eq(memcmp(banks[1].mac, "\x00\x22\x01\x22\x02\x22", MK_GBE_MAC_SIZE), 0);
    bytes[2 * WORDS - 1] ^= 1; /* the last byte that counts, and the first that does not */
    bytes[MK_GBE_BANK_SIZE + 2 * WORDS] ^= 1;
    mk_gbe_read(mk_buffer_span(region), banks);
    cr_assert(banks[0].sum != MK_GBE_SUM && banks[1].sum == MK_GBE_SUM);
}

Test(gbe, a_bank_that_is_not_there) {
    struct mk_gbe_bank banks[MK_GBE_BANKS];
    make_bank(0, 1);
    memset(bytes + MK_GBE_BANK_SIZE, 0xFF, MK_GBE_BANK_SIZE);
    mk_gbe_read(mk_buffer_span(region), banks);
    cr_assert(banks[0].present && !banks[1].present);
    mk_gbe_read(mk_span_of(bytes, 2 * WORDS), banks);
    cr_assert(banks[0].present && !banks[1].present);
    mk_gbe_read(mk_span_of(bytes, 2 * WORDS - 1), banks);
    cr_assert(!banks[0].present && !banks[1].present);
}
