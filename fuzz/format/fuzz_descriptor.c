/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <mekit/action/unlock.h>
#include <mekit/format/strap.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_descriptor d;
    uint32_t value, at;
    if (!mk_descriptor_read(mk_span_of(bytes, n), NULL, &d, NULL))
        return 0;
    for (uint32_t i = 0; i < 0x100; i++) {
        mk_descriptor_pch_strap(&d, 4 * i, &value, &at);
        mk_descriptor_cpu_strap(&d, 4 * i, &value, &at);
    }
    mk_strap_state(&d, NULL);
    return 0;
}
