#include "unknown.h"

#include <mekit/base/text.h>

/* A flash chip holds whole blocks; what is no multiple of them was no read of a chip. */
#define BLOCK             0x1000u
#define RESET_VECTOR_SIZE 0x10u

static const struct {
    uint64_t offset;
    const char *bytes;
    size_t n;
    enum mk_code code;
    const char *what;
} looks[] = {
    {0x00, "UM\xC9M", 4, MK_E_CAPSULE, "found Fujitsu's wrapper \"UM\\xc9M\""},
    {0x00, "\xBD\x86\x66\x3B\x76\x0D\x30\x40\xB7\x0E\xB5\x51\x9E\x2F\xC5\xA0", 16, MK_E_CAPSULE,
     "found an EFI capsule"},
    {0x00, "\x8B\xA6\x3C\x4A\x23\x77\xFB\x48\x80\x3D\x57\x8C\xC1\xFE\xC4\x4D", 16, MK_E_CAPSULE,
     "found a vendor's EFI capsule"},
    {0x28, "_FVH", 4, MK_E_TOP_CHIP, "found an EFI firmware volume"},
};

static bool explain_by_look(struct mk_span s, struct mk_error *e) {
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (!mk_span_has(s, looks[i].offset, looks[i].bytes, looks[i].n))
            continue;
        mk_fail(e, looks[i].code, looks[i].offset, "%s", looks[i].what);
        return true;
    }
    return false;
}

/* x86 starts at the last 16 bytes of the flash: a jump there means that the end of the BIOS is
 * here. */
static bool ends_with_reset_vector(struct mk_span s) {
    struct mk_span last = mk_span_clip(s, s.n - RESET_VECTOR_SIZE, RESET_VECTOR_SIZE);
    if (s.n % BLOCK != 0)
        return false;
    return mk_span_has(last, 0, "\xEA", 1) || mk_span_has(last, 0, "\xE9", 1) ||
           mk_span_has(last, 0, "\x90\x90", 2) || mk_span_has(last, 0, "\x0F\x09", 2);
}

static void describe(struct mk_span s, uint64_t offset, char out[32]) {
    uint8_t bytes[4];
    size_t n = mk_span_clip(s, offset, sizeof bytes).n;
    mk_span_copy(s, offset, bytes, n);
    mk_text_hex(out, 32, bytes, n);
    if (n == 0)
        mk_text_mask_string(out, 32, "nothing");
}

bool unknown_explain(struct mk_span s, bool whole, struct mk_error *e) {
    char at_0[32], at_10[32];
    if (s.n == 0)
        return mk_fail(e, MK_E_EMPTY, MK_NOWHERE, "no byte was read");
    if (mk_span_is_filled(s, 0xFF) || mk_span_is_filled(s, 0x00))
        return mk_fail(e, MK_E_ERASED, s.at, "%s is 0x%02X",
                       whole ? "every byte" : "the whole ME region", mk_span_u8(s, 0));
    if (explain_by_look(s, e))
        return false;
    if (whole && ends_with_reset_vector(s))
        return mk_fail(e, MK_E_TOP_CHIP, s.n - RESET_VECTOR_SIZE,
                       "found the processor's reset vector");
    describe(s, 0, at_0);
    describe(s, 0x10, at_10);
    return mk_fail(e, MK_E_UNKNOWN, s.at, "expected %s at 0 or 0x10, found %s and %s",
                   whole ? "a flash descriptor or \"$FPT\"" : "\"$FPT\"", at_0, at_10);
}
