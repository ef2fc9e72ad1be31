/* SPDX-License-Identifier: MIT */
/* The entries of a stock table: good-me8 with its missing ones added, then without one entry after
 * the other. */
#include "patched.h"

#include <mekit/inspect/state.h>

TestSuite(stock, .fini = check_leaks);

#define ENTRY(i)   (0x30u + 0x20u * (i))
#define NAME(text) mk_span_u32(mk_span_of(text, 4), 0)
#define OFFSET     0x08u
#define FLAGS      0x1Cu

/* FCRS, which is erased, MDES and MDMV replace the binary name and two quotas. */
static void complete(struct mk_buffer b) {
    const struct patch all[] = {
        {ENTRY(0), 4, NAME("FCRS")},    {ENTRY(3), 4, NAME("MDES")},
        {ENTRY(3) + OFFSET, 4, 0xB000}, {ENTRY(3) + FLAGS, 4, 0x783},
        {ENTRY(4), 4, NAME("MDMV")},    {ENTRY(4) + OFFSET, 8, 0x0000040000000000 | 0xB800},
        {ENTRY(4) + FLAGS, 4, 0x2783},  {0xB900, 4, 0x12345678},
    };
    patch(b, all, sizeof all / sizeof *all);
}

static const struct row {
    const char *what, *recipe;
    bool complete;
    struct patch patch;
    const char *missing; /* each name followed by a space */
} rows[] = {
    {"a whole table", "good-me8", true, {0}, ""},
    {"as it is forged", "good-me8", false, {0}, "MDMV FCRS MDES "},
    {"NFTP by another name", "good-me8", true, {ENTRY(8), 4, 0x58585858}, "NFTP "},
    {"NFTP listed, and erased", "good-me8", true, {0x8000, FILL + 0x3000, 0xFF}, "NFTP "},
    {"one byte of it left", "good-me8", true, {0x8001, FILL + 0x2FFF, 0xFF}, ""},
    {"EFFS erased", "good-me8", true, {0x1000, FILL + 0x1000, 0xFF}, "EFFS "},
    {"FOVD erased, as stock images have it", "good-me8", true, {0x400, FILL + 0xC00, 0xFF}, ""},
    {"FCRS not listed", "good-me8", true, {ENTRY(0), 4, 0x58585858}, "FCRS "},
    {"ME 11", "good-me11", false, {0}, "FLOG IVBP UTOK "},
    {"ME 6", "good-me6", false, {0}, "EFFS FOVD "},
    {"Ignition", "good-ignition", false, {0}, "FAD0 FAD1 NFTP "},
    {"a server", "unsupported-sps3", false, {0}, ""},
    {"TXE", "good-txe1", false, {0}, ""},
    {"a lone partition", "unsupported-update", false, {0}, ""},
    {"CSME 12", "good-csme12", false, {0}, ""},
    {"an erased region", "good-full-me-erased", false, {0}, ""},
};

Test(stock, missing_partitions_are_listed) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = {.b = forged(rows[i].recipe)};
        struct mk_missing missing;
        char names[6 * MK_MISSING_MAX] = "";
        if (rows[i].complete)
            complete(f.b);
        patch(f.b, &rows[i].patch, 1);
        forged_read(&f);
        mk_missing_find(&f.image, &missing);
        for (unsigned k = 0; k < missing.n; k++)
            strcat(strcat(names, missing.names[k]), " ");
        cr_expect_str_eq(names, rows[i].missing, "%s: %s", rows[i].what, names);
        forged_close(&f);
    }
}
