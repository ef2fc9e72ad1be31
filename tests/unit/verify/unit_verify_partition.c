/* SPDX-License-Identifier: MIT */
/* Cases where a wrong partition hash is not damage: good-me11, changed and signed again. */
#include "book.h"
#include "patched.h"

#include <mekit/verify/verify.h>

TestSuite(verify_partition, .init = open_book, .fini = close_book);

#define ENTRY    0x30u /* the first entry of $FPT */
#define FTPR     0x1000u
#define MANIFEST 0x11A8u
#define MINOR    (MANIFEST + 0x26u)
#define INFO     (MANIFEST + 0x284u) /* extension 03, with eight modules */
#define LISTED   0x34u
#define CLIENT   (INFO + 0x58u + 7 * LISTED)
#define SPARE    0x7F00u /* place of FTPR's bytes that belong to no module */
#define DLMP     0x504D4C44u
#define OTHER    0x58585858u
#define TAIL     0x2000u
struct change {
    bool slim, inside, damaged; /* SKU; an entry begins inside; a module has a wrong bit */
    unsigned minor;             /* minor version */
    uint32_t name;              /* name of the first entry */
    struct patch patch;
    bool tail; /* FTPR is longer, by bytes of FF */
};

/* Replaces the last module of the list with the client's system information. */
static void put_client(struct mk_buffer b, bool slim) {
    const struct patch patches[] = {
        {INFO + 4, 4, 0x58 + 7 * LISTED},
        {CLIENT, FILL + LISTED, 0xFF},
        {CLIENT, 4, 0x0C},
        {CLIENT + 4, 4, LISTED},
        {CLIENT + 0x28, 8, slim ? 0x2220 : 0x2610},
    };
    patch(b, patches, sizeof patches / sizeof *patches);
}

/* Makes FTPR longer, in the place of MFS. */
static void put_tail(struct mk_buffer b) {
    const struct patch patches[] = {
        {INFO + 0xC, 4, 0x7000 + TAIL},
        {ENTRY + 0x20 + 0xC, 4, 0x7000 + TAIL},
        {ENTRY + 0x60 + 8, 4, UINT32_MAX},
        {0x8000, FILL + TAIL, 0xFF},
    };
    patch(b, patches, sizeof patches / sizeof *patches);
}

static void make(struct mk_buffer b, const struct change *c) {
    put_client(b, c->slim);
    const struct patch patches[] = {
        {MINOR, 2, c->minor},
        {ENTRY, 4, c->name},
        {ENTRY + 8, 4, c->inside ? 0x7000 : 0xE00},
    };
    patch(b, patches, sizeof patches / sizeof *patches);
    if (c->tail)
        put_tail(b);
    patch(b, &c->patch, 1);
    sign_anew(b, MANIFEST);
}

/* Damages a module whose own hash shows it without a codebook. */
static void damage_module(struct forged_image *f) {
    const struct mk_partition *ftpr = f->image.firmware.boot;
    size_t i = 0;
    while (ftpr->modules[i].kind != MK_MODULE_CODE || ftpr->modules[i].compression == MK_HUFFMAN)
        cr_assert_lt(++i, ftpr->n_modules);
    f->b.p[ftpr->modules[i].stored.at + 0x20] ^= 1;
    forged_again(f);
}

static const struct mk_partition_link *ftpr_of(const struct mk_chain *chain) {
    for (size_t i = 0; i < chain->n_partitions; i++)
        if (memcmp(chain->partitions[i].partition->name, "FTPR", 4) == 0)
            return &chain->partitions[i];
    cr_assert_fail("no FTPR");
    return NULL;
}

#define CHANGED                                                                                    \
    { SPARE, 1, 0 }

static const struct row {
    const char *what;
    struct change change;
    bool wrong, explained;
} rows[] = {
    {"as it is", {false, false, false, 6, DLMP, {0}, false}, false, false},
    {"a changed byte", {false, false, false, 6, DLMP, CHANGED, false}, true, false},
    {"Slim", {true, false, false, 8, DLMP, CHANGED, false}, true, false},
    {"Slim, an entry inside", {true, true, false, 8, DLMP, CHANGED, false}, true, true},
    {"another SKU", {false, true, false, 8, DLMP, CHANGED, false}, true, false},
    {"a damaged module", {true, true, true, 8, DLMP, CHANGED, false}, true, false},
    {"DLMP is gone", {false, false, false, 8, OTHER, {0}, true}, true, true},
    {"DLMP is listed", {false, false, false, 8, DLMP, {0}, true}, true, false},
    {"DLMP is gone, of 11.7", {false, false, false, 7, OTHER, {0}, true}, true, false},
    {"DLMP is gone, a byte is left",
     {false, false, false, 8, OTHER, {0x9FFF, 1, 0}, true},
     true,
     false},
    {"DLMP is gone, a damaged module", {false, false, true, 8, OTHER, {0}, true}, true, false},
};

static void expect(const struct row *row) {
    const struct change *c = &row->change;
    struct forged_image f = {.b = forged("good-me11")};
    struct mk_chain chain;
    make(f.b, c);
    forged_read(&f);
    if (c->damaged)
        damage_module(&f);
    cr_assert(mk_verify(&f.image, &book, 1, &chain, NULL));
    const struct mk_partition_link *ftpr = ftpr_of(&chain);
    cr_expect_eq(ftpr->hash, row->wrong ? MK_CHECK_MISMATCH : MK_CHECK_MATCH, "%s", row->what);
    cr_expect_eq(ftpr->explained, row->explained, "%s", row->what);
    cr_expect_eq(ftpr->covered, c->tail ? 0x7000 + TAIL : 0x7000, "%s", row->what);
    mk_chain_free(&chain);
    forged_close(&f);
}

Test(verify_partition, changes_that_explain_a_wrong_hash) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(&rows[i]);
}
