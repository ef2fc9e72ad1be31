/* SPDX-License-Identifier: MIT */
/* Odd entries in a partition's tables, and the modules that result. */
#include "patched.h"

TestSuite(modules, .fini = check_leaks);

/* good-me8: FTPR at 0x3000, its $MME list; good-me11: FTPR at 0x1000, vfs.met is entry 10;
 * good-csme16-lite: IOMP at 0x21000, iom.met at 0x214F0, its list from 0x0C on. */
#define ENTRY8(i)  (0x3290u + (i)*0x60u)
#define ENTRY11(i) (0x1010u + (i)*0x18u)
#define VFS        0x6A40u
#define VFS_MET    0x1720u

static const struct row {
    const char *what, *recipe;
    struct patch patches[2];
    const char *partition, *module;
    enum mk_compression compression;
    bool essential, encrypted;
    size_t hash;
} rows[] = {
    {"by metadata", "good-me11", {{0}}, "FTPR", "vfs", MK_LZMA, false, false, 32},
    {"by its look, without",
     "good-me11",
     {{ENTRY11(10) + 4, 1, 'x'}},
     "FTPR",
     "vfs",
     MK_LZMA,
     false,
     false,
     0},
    {"by the other look",
     "good-me11",
     {{ENTRY11(10) + 4, 1, 'x'}, {VFS, 1, 0x5D}},
     "FTPR",
     "vfs",
     MK_LZMA,
     false,
     false,
     0},
    {"by no look",
     "good-me11",
     {{ENTRY11(10) + 4, 1, 'x'}, {VFS, 1, 0x5C}},
     "FTPR",
     "vfs",
     MK_STORED,
     false,
     false,
     0},
    {"metadata too short for a hash",
     "good-me11",
     {{VFS_MET + 4, 4, 0x20}},
     "FTPR",
     "vfs",
     MK_LZMA,
     false,
     false,
     0},
    {"a compression that is not known",
     "good-me11",
     {{VFS_MET + 8, 1, 3}},
     "FTPR",
     "vfs",
     MK_COMPRESSION_UNKNOWN,
     false,
     false,
     32},
    {"encrypted", "good-me11", {{VFS_MET + 9, 1, 1}}, "FTPR", "vfs", MK_LZMA, false, true, 32},
    {"by another's list", "good-csme16-lite", {{0}}, "IOMP", "iom.cd", MK_STORED, false, false, 48},
    {"by a list that has it twice",
     "good-csme16-lite",
     {{0x214F0 + 0x0C, 4, 4}},
     "IOMP",
     "iom.cd",
     MK_STORED,
     false,
     false,
     48},
    {"by no list",
     "good-csme16-lite",
     {{0x214F0 + 0x0C, 4, 4}},
     "IOMP",
     "iom",
     MK_STORED,
     false,
     false,
     0},
    {"by a list of its own metadata",
     "good-csme16-lite",
     {{0x214F0, 4, MK_EXTENSION_IUNIT}},
     "IOMP",
     "iom",
     MK_STORED,
     false,
     false,
     32},
    {"by a list of which one is gone",
     "good-csme16-lite",
     {{0x21044, 4, 0x6E6F69}},
     "IOMP",
     "ion",
     MK_STORED,
     false,
     false,
     0},
    {"generation 2", "good-me8", {{0}}, "FTPR", "UPDATE", MK_LZMA, false, false, 32},
    {"a compression that is not known, generation 2",
     "good-me8",
     {{ENTRY8(0) + 0x50, 1, 0x30}},
     "FTPR",
     "UPDATE",
     MK_COMPRESSION_UNKNOWN,
     true,
     false,
     32},
    {"a name of nothing",
     "good-me8",
     {{ENTRY8(0) + 4, FILL + 16, 0}},
     "FTPR",
     "",
     MK_LZMA,
     false,
     false,
     32},
    {"encrypted, TXE",
     "good-txe1",
     {{0x1290 + 0x54, 4, 1}},
     "FTPR",
     "BUP",
     MK_STORED,
     true,
     true,
     32},
};

Test(modules, facts_of_one_module) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forged_image f = {.b = forged(rows[i].recipe)};
        patch(f.b, rows[i].patches, 2);
        forged_read(&f);
        const struct mk_partition *p = mk_partition_find(&f.image.firmware, rows[i].partition);
        const struct mk_module *m = p ? mk_module_find(p, rows[i].module) : NULL;
        cr_assert(m, "%s", rows[i].what);
        cr_expect_eq(m->compression, rows[i].compression, "%s: %s", rows[i].what,
                     mk_compression_name(m->compression));
        cr_expect_eq(m->essential, rows[i].essential, "%s", rows[i].what);
        cr_expect_eq(m->encrypted, rows[i].encrypted, "%s", rows[i].what);
        cr_expect_eq(m->hash.n, rows[i].hash, "%s: %zu", rows[i].what, m->hash.n);
        forged_close(&f);
    }
}

/* The first of two lists counts: iom keeps its first hash. */
Test(modules, the_first_of_two_hashes_stays) {
    struct forged_image f = {.b = forged("good-csme16-lite")};
    struct patch twice = {0x214F0 + 0x0C, 4, 4};
    patch(f.b, &twice, 1);
    forged_read(&f);
    const struct mk_partition *p = mk_partition_find(&f.image.firmware, "IOMP");
    const struct mk_module *m = mk_module_find(p, "iom.cd");
    cr_assert_eq(m->hash.at, 0x214F0 + 0x0C + 12, "0x%x", (unsigned)m->hash.at);
    cr_assert(m->hash_natural);
    forged_close(&f);
}

/* Each module covers every page of the largest table: three such modules are too many. */
Test(modules, pages_without_end) {
    static const struct patch patches[] = {
        {0x93644, 4, MK_LIMIT_CHUNKS},
        {0x93648, 4, 0},
        {0x93290 + 1 * 0x60 + 0x34, 4, 0x10000000},
        {0x93290 + 1 * 0x60 + 0x3C, 4, 0x4000000},
        {0x93290 + 2 * 0x60 + 0x34, 4, 0x10000000},
        {0x93290 + 2 * 0x60 + 0x3C, 4, 0x4000000},
        {0x93290 + 3 * 0x60 + 0x34, 4, 0x10000000},
        {0x93290 + 3 * 0x60 + 0x3C, 4, 0x4000000},
    };
    struct forged_image f = {.b = forged("good-me8-big")};
    patch(f.b, patches, sizeof patches / sizeof *patches);
    forged_read(&f);
    const struct mk_partition *p = mk_partition_find(&f.image.firmware, "FTPR");
    cr_assert_eq(p->problem.code, MK_E_COUNT, "%s", p->problem.what);
    cr_assert_eq(p->problem.offset, 0x93290 + 3 * 0x60);
    cr_assert_eq(p->problem.got, 3 * MK_LIMIT_CHUNKS);
    forged_close(&f);
}

/* Each module is as large as its partition: together they exceed the bound. */
Test(modules, bytes_without_end) {
    struct forged_image f = {.b = forged("good-me8")};
    for (unsigned i = 0; i <= MK_LIMIT_COVER_TIMES; i++) {
        const struct patch whole[] = {
            {ENTRY8(i) + 0x38, 4, 0}, {ENTRY8(i) + 0x40, 4, 0x5000}, {ENTRY8(i) + 0x50, 1, 0}};
        patch(f.b, whole, 3);
    }
    forged_read(&f);
    const struct mk_partition *p = mk_partition_find(&f.image.firmware, "FTPR");
    cr_assert_eq(p->problem.code, MK_E_COUNT, "%s", p->problem.what);
    cr_assert_eq(p->problem.offset, 0x3000);
    cr_assert_eq(p->n_modules, MK_LIMIT_COVER_TIMES + 1);
    forged_close(&f);
}
