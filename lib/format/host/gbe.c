/* SPDX-License-Identifier: MIT */
#include <mekit/format/host/gbe.h>

#define WORDS 0x40u

void mk_gbe_read(struct mk_span region, struct mk_gbe_bank banks[MK_GBE_BANKS]) {
    for (unsigned i = 0; i < MK_GBE_BANKS; i++) {
        struct mk_span words;
        uint32_t sum = 0;
        banks[i] = (struct mk_gbe_bank){.present = false};
        if (!mk_span_cut(region, (uint64_t)i * MK_GBE_BANK_SIZE, 2ull * WORDS, &words) ||
            mk_span_is_filled(words, 0xFF))
            continue;
        for (unsigned k = 0; k < WORDS; k++)
            sum += mk_span_u16(words, 2ull * k);
        banks[i].present = true;
        banks[i].sum = (uint16_t)sum;
        mk_span_copy(words, 0, banks[i].mac, sizeof banks[i].mac);
    }
}
