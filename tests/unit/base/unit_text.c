/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/error.h>
#include <mekit/base/text.h>
#include <string.h>

static const char *mask(const char *bytes, size_t n) {
    static char out[MK_TEXT_ROOM(16)];
    return mk_text_mask(out, sizeof out, (const uint8_t *)bytes, n);
}

TestSuite(text, .fini = check_leaks);

Test(text, plain_names_stay) {
    cr_assert_str_eq(mask("FTPR", 4), "FTPR");
    cr_assert_str_eq(mask("BUP\0\0\0", 6), "BUP");
    cr_assert_str_eq(mask("\xFF\xFF\xFF\xFF", 4), "");
}

Test(text, nothing_else_reaches_a_terminal) {
    cr_assert_str_eq(mask("\xE0\x15\x00\x20", 4), "\\xe0\\x15\\x00 ");
    cr_assert_str_eq(mask("\x1B[2J", 4), "\\x1b[2J");
    cr_assert_str_eq(mask("a\\b\x7F\x9B", 5), "a\\x5cb\\x7f\\x9b");
    for (int c = 0; c < 256; c++) {
        char byte[2] = {(char)c, 'x'};
        for (const char *p = mask(byte, 2); *p; p++)
            cr_assert(*p >= 0x20 && *p < 0x7F);
    }
}

Test(text, a_small_room_keeps_whole_characters) {
    char out[6];
    cr_assert_str_eq(mk_text_mask(out, sizeof out, (const uint8_t *)"ab\x01\x02", 4), "ab");
    cr_assert_str_eq(mk_text_mask(out, 1, (const uint8_t *)"ab", 2), "");
}

Test(text, file_names_are_harmless) {
    char out[16];
    cr_assert_str_eq(mk_text_file_name(out, sizeof out, (const uint8_t *)"../a b", 6), "_._a_b");
    cr_assert_str_eq(mk_text_file_name(out, sizeof out, (const uint8_t *)".man", 4), "_man");
    cr_assert_str_eq(mk_text_file_name(out, 3, (const uint8_t *)"kernel", 6), "ke");
}

Test(error, every_code_has_a_sentence_and_an_exit) {
    for (int code = MK_OK + 1; code < MK_CODE_COUNT; code++) {
        cr_assert_gt(strlen(mk_code_sentence((enum mk_code)code)), 10);
        cr_assert_neq(mk_code_exit((enum mk_code)code), MK_EXIT_DONE, "%s",
                      mk_code_name((enum mk_code)code));
    }
}

Test(error, text_names_offset_and_next_step) {
    struct mk_error e;
    char text[400];
    cr_assert_not(mk_fail(&e, MK_E_TAG, 0x3010, "expected \"%s\"", "$FPT"));
    mk_error_text(&e, text, sizeof text);
    cr_assert_str_eq(text,
                     "offset 0x3010: expected \"$FPT\". The image is damaged here: read the flash "
                     "again.");
    e.next = "Look elsewhere";
    e.offset = MK_NOWHERE;
    mk_error_text(&e, text, sizeof text);
    cr_assert_str_eq(text, "expected \"$FPT\". Look elsewhere.");
}

Test(error, limits_are_printed) {
    struct mk_error e;
    char text[400];
    cr_assert_not(mk_fail_limit(&e, MK_E_COUNT, 4, 0xFFFFFFFF, 30, "entries"));
    cr_assert_eq(e.got, 0xFFFFFFFF);
    cr_assert_eq(e.limit, 30);
    mk_error_text(&e, text, sizeof text);
    cr_assert(strstr(text, "entries: 0xffffffff (at most 0x1e)"));
    cr_assert_not(mk_fail(NULL, MK_E_IO, 0, "nobody listens"));
}

#define ALLOWED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

Test(text, a_file_name_has_letters_digits_and_three_signs) {
    for (int c = 1; c < 255; c++) {
        char out[8], in[] = {(char)c, (char)c, 'z'};
        bool plain = strchr(ALLOWED, c) != NULL;
        mk_text_file_name(out, sizeof out, (const uint8_t *)in, 3);
        cr_assert_eq(out[0], plain ? (char)c : '_', "%02x", (unsigned)c);
        cr_assert_eq(out[1], plain || c == '.' ? (char)c : '_', "%02x", (unsigned)c);
        cr_assert_str_eq(out + 2, "z");
    }
    char out[8];
    cr_assert_str_eq(mk_text_file_name(out, sizeof out, (const uint8_t *)"ab\0\xFF", 4), "ab");
    cr_assert_str_eq(mk_text_file_name(out, 1, (const uint8_t *)"ab", 2), "");
}

Test(text, printable_characters_stay_except_the_backslash) {
    for (int c = 1; c < 255; c++) {
        char in[] = {(char)c, 'z'};
        cr_assert_eq(strlen(mask(in, 2)), c >= ' ' && c <= '~' && c != '\\' ? 2 : 5, "%02x",
                     (unsigned)c);
    }
}

Test(text, only_eight_bytes_are_shown_in_hexadecimal) {
    static const uint8_t nine[] = {0x00, 0x1F, 0x20, 0x7F, 0x80, 0xFF, 0x0A, 0xA0, 0x55};
    static const char all[] = "00 1f 20 7f 80 ff 0a a0";
    char out[40];
    for (size_t n = 0; n <= 9; n++) {
        size_t shown = n < 8 ? n : 8, length = shown ? 3 * shown - 1 : 0;
        memset(out, 'x', sizeof out);
        mk_text_hex(out, sizeof out, nine, n);
        cr_assert_eq(strlen(out), length, "%zu bytes", n);
        cr_assert_eq(memcmp(out, all, length), 0, "%s", out);
    }
    cr_assert_str_eq(mk_text_hex(out, 24, nine, 9), all, "24 are enough");
    cr_assert_str_eq(mk_text_hex(out, 23, nine, 9), "00 1f 20 7f 80 ff 0a");
    cr_assert_str_eq(mk_text_hex(out, 1, nine, 9), "");
}

Test(text, no_room_is_left_alone) {
    char out[] = "xyz";
    mk_text_mask(out, 0, (const uint8_t *)"ab", 2);
    mk_text_hex(out, 0, (const uint8_t *)"ab", 2);
    mk_text_file_name(out, 0, (const uint8_t *)"ab", 2);
    cr_assert_str_eq(out, "xyz");
}
