/* SPDX-License-Identifier: MIT */
/* The NVM of the Ethernet controller in the GbE region: two banks of 4 KiB. Checked on 8 real ones.
 */
#ifndef MEKIT_FORMAT_HOST_GBE_H
#define MEKIT_FORMAT_HOST_GBE_H

#include <mekit/base/api.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

#define MK_GBE_BANKS     2u
#define MK_GBE_BANK_SIZE 0x1000u
#define MK_GBE_MAC_SIZE  6u

struct mk_gbe_bank {
    bool present; /* inside the region, and not erased */
    uint8_t mac[MK_GBE_MAC_SIZE];
    uint16_t sum; /* of the first 0x40 words: BABA if the bank is right */
};
#define MK_GBE_SUM 0xBABAu

void mk_gbe_read(struct mk_span region, struct mk_gbe_bank banks[MK_GBE_BANKS]);

MK_END_DECLS

#endif
