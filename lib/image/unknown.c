/* SPDX-License-Identifier: MIT */
#include "unknown.h"

#include <mekit/base/text.h>

static void describe(struct mk_span s, uint64_t offset, char out[32]) {
    uint8_t bytes[4];
    size_t n = mk_span_clip(s, offset, sizeof bytes).n;
    mk_span_copy(s, offset, bytes, n);
    mk_text_hex(out, 32, bytes, n);
    if (n == 0)
        mk_text_mask_string(out, 32, "nothing");
}

bool mki_unknown_explain(struct mk_span s, bool whole, struct mk_error *e) {
    char at_0[32], at_10[32];
    if (s.n == 0)
        return mk_fail(e, MK_E_EMPTY, MK_NOWHERE, "the input is empty");
    if (mk_span_is_filled(s, 0xFF) || mk_span_is_filled(s, 0x00))
        return mk_fail(e, MK_E_ERASED, s.at, "%s is 0x%02X",
                       whole ? "every byte" : "the whole ME region", mk_span_u8(s, 0));
    describe(s, 0, at_0);
    describe(s, 0x10, at_10);
    return mk_fail(e, MK_E_UNKNOWN, s.at, "expected %s at 0 or 0x10, found %s and %s",
                   whole ? "a flash descriptor or \"$FPT\"" : "\"$FPT\"", at_0, at_10);
}
