/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/format/bpdt.h>
#include <stdlib.h>

#define STEP 0x1000u /* so that forged images are seeds without a change */

static void try_table(struct mk_span s) {
    struct mk_bpdt bpdt;
    if (!mk_bpdt_read(s, &bpdt, NULL))
        return;
    if (!mk_bpdt_is_at(s) || bpdt.n > MK_LIMIT_BPDT_ENTRIES ||
        s.n < MK_BPDT_HEADER_SIZE + (uint64_t)bpdt.n * MK_BPDT_ENTRY_SIZE)
        abort();
    if (bpdt.version == 1 && (bpdt.crc != 0 || bpdt.crc_expected != 0))
        abort();
    for (unsigned i = 0; i < bpdt.n; i++)
        if (bpdt.entries[i].type > UINT16_MAX || !mk_bpdt_type_name(bpdt.entries[i].type)[0])
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span s = mk_span_of(bytes, n);
    for (uint64_t at = 0; at < n || at == 0; at += STEP)
        try_table(mk_span_clip(s, at, n));
    return 0;
}
