/* SPDX-License-Identifier: MIT */
#include "../verify.h"

#include <mekit/image/extent.h>

/* No hash covers a processor's microcode, but it has its own checksum: the sum of all its dwords is
 * 0. Source: Intel SDM 3, 10.11.1. */
#define HEADER_SIZE     0x30u
#define HEADER_VERSION  1u
#define LOADER_REVISION 1u
#define LOADER_AT       0x14u
#define TOTAL_SIZE_AT   0x20u

static bool is_microcode(struct mk_span s) {
    return s.n >= HEADER_SIZE && s.n % 4 == 0 && mk_span_u32(s, 0) == HEADER_VERSION &&
           mk_span_u32(s, LOADER_AT) == LOADER_REVISION && mk_span_u32(s, TOTAL_SIZE_AT) == s.n;
}

bool mki_microcode_check(const struct mk_module *m, enum mk_check *result) {
    struct mk_span s = mk_module_stored(m);
    uint32_t sum = 0;
    if (!is_microcode(s))
        return false;
    for (uint64_t at = 0; at < s.n; at += 4)
        sum += mk_span_u32(s, at);
    *result = sum == 0 ? MK_CHECK_MATCH : MK_CHECK_MISMATCH;
    return true;
}
