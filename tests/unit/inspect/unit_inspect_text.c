/* SPDX-License-Identifier: MIT */
/* Dumps that were written as text, and texts that are not dumps. */
#include <criterion/criterion.h>

#include "inspected.h"

#include <string.h>

TestSuite(inspect_text, .fini = check_leaks);

#define HEX16 "5aa5f00f0400000400000000ffffffff"

static const struct {
    const char *text; /* one line, repeated */
    bool found;
} texts[] = {
    {"00000010  5a a5 f0 0f 04 00 00 04  00 00 00 00 ff ff ff ff  |Z...............|\n", true},
    {"00000010: 5aa5 f00f 0400 0004 0000 0000 ffff ffff  Z...............\n", true},
    {"0000020 122532 007760 000004 002000 000000 000000 177777 177777\n", true},
    {"000010 5a a5 f0 0f 04 00 00 04 00 00 00 00 ff ff ff ff >Z...............<\n", true},
    {"00000010h: 5A A5 F0 0F 04 00 00 04 ; Z...\r\n", true},
    {"  0x5a, 0xa5, 0xf0, 0x0f, 0x04, 0x00, 0x00, 0x04, 0x00, 0x00, 0xff, 0xff,\n", true},
    {"\"\\x5a\\xa5\\xf0\\x0f\\x04\\x00\\x00\\x04\\x00\\x00\\xff\\xff\"\n", true},
    {HEX16 HEX16 "\n", true},
    {"S1130000285F245F2212226A000424290008237C2A\n", true},
    {":10010000214601360121470136007EFE09D2190140\n", true},
    {"WqXwDwQAAAQAAAAA/////1ql8A8EAAAEAAAAAP////9apfAPBAAABAAAAAD/////\n", true},
    {"all work and no play makes jack a dull boy\n", false},
    {":10010000214601360121470136007EFE09D2190141 a wrong sum\n", false},
    {"Found Winbond flash chip \"W25Q64.V\" (8192 kB, SPI) on linux_spi.\n", false},
    {"2026-11-26 11:26:29,123 INFO reading\n", false},
};

Test(inspect_text, styles_of_text) {
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t lines = 1; lines <= 101; lines += 100) {
            size_t n = strlen(texts[i].text);
            struct mk_buffer b = {malloc(n * lines), n * lines};
            struct mk_findings f;
            struct mk_error e;
            for (size_t k = 0; k < lines; k++)
                cr_assert(mk_buffer_put(b, k * n, texts[i].text, n));
            cr_assert(mk_inspect_unknown(mk_buffer_span(b), &f, &e));
            cr_expect_eq(mk_finding_find(&f, MK_FINDING_TEXT_DUMP) != NULL, texts[i].found,
                         "%zu lines: %s", lines, texts[i].text);
            cr_expect_eq(f.n, texts[i].found, "%s", texts[i].text);
            mk_findings_free(&f);
            free(b.p);
        }
}
