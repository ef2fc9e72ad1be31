/* SPDX-License-Identifier: MIT */
#include "forged.h"

#include <forge/cse/cse.h>
#include <mekit/image/extent.h>

TestSuite(ifwi, .fini = check_leaks);

/* Places of partitions: the name in $CPD, the boot partition (0: $FPT), offsets region-relative. */
struct row {
    const char *name;
    unsigned boot;
    uint32_t start, size;
    size_t n_modules; /* with manifest and metadata; 0: the reader does not look inside */
};

static const struct row csme12[] = {
    {"PSVN", 0, 0x1F00, 0x100, 0},   {"UEP", 0, 0x3000, 0x400, 0},   {"MFS", 0, 0x2000, 0x1000, 0},
    {"HVMP", 0, 0x1EC0, 0xC, 0},     {"FLOG", 0, 0x3400, 0x400, 0},  {"FITC", 0, 0x3800, 0x400, 0},
    {"RBEP", 1, 0x5000, 0x3000, 3},  {"FTPR", 1, 0x9000, 0x9000, 9}, {"PMCP", 1, 0x8000, 0x1000, 3},
    {"NFTP", 2, 0x13000, 0x3000, 3},
};
static const struct row csme14_lite[] = {
    {"PSVN", 0, 0x1EF00, 0x100, 0},  {"UEP", 0, 0x20000, 0x400, 0},
    {"MFS", 0, 0x1F000, 0x1000, 0},  {"HVMP", 0, 0x1EEC0, 0xC, 0},
    {"FLOG", 0, 0x20400, 0x400, 0},  {"FITC", 0, 0x20800, 0x400, 0},
    {"RBEP", 1, 0x2000, 0x3000, 3},  {"MFTP", 1, 0x6000, 0x7000, 8},
    {"PMCP", 1, 0x5000, 0x1000, 3},  {"RBEP", 2, 0xE000, 0x3000, 3},
    {"NFTP", 2, 0x1B000, 0x3000, 3}, {"PMCP", 2, 0x11000, 0x1000, 3},
    {"FTPR", 2, 0x12000, 0x9000, 9},
};
static const struct row txe3[] = {
    {"RBEP", 1, 0x4000, 0x2000, 3},  {"IBBP", 1, 0x1000, 0x3000, 4}, {"PMCP", 1, 0x6000, 0x1000, 3},
    {"FTPR", 1, 0x7000, 0x3000, 11}, {"UCOD", 1, 0xA000, 0x1000, 2}, {"UTOK", 1, 0xB000, 0x1000, 0},
    {"NFTP", 1, 0xD000, 0x2000, 7},
};

static const struct image {
    const char *recipe;
    enum mk_layout_version layout;
    const char *family, *boot;
    unsigned major;
    size_t n_boots;
    const struct row *rows;
    size_t n;
} images[] = {
#define ROWS(rows) rows, sizeof(rows) / sizeof *(rows)
    {"good-csme12", MK_IFWI_16, "CSME", "FTPR", 12, 2, ROWS(csme12)},
    {"good-csme14-lite", MK_IFWI_16, "CSME", "FTPR", 14, 3, ROWS(csme14_lite)},
    {"good-txe3-ifwi", MK_IFWI_20, "CSTXE", "FTPR", 3, 2, ROWS(txe3)},
};

static const struct mk_partition *find(const struct mk_firmware *f, const struct row *row) {
    for (size_t i = 0; i < f->n_partitions; i++) {
        const struct mk_partition *p = &f->partitions[i];
        if (strncmp((const char *)p->name, row->name, 4) == 0 && p->boot == row->boot)
            return p;
    }
    return NULL;
}

Test(ifwi, every_partition_is_at_its_place) {
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        struct forged_image f = forged_open(images[i].recipe);
        const struct mk_firmware *firmware = &f.image.firmware;
        cr_assert(f.image.me == MK_ME_CSE && firmware->generation == MK_GENERATION_CSE);
        cr_assert_eq(firmware->layout.version, images[i].layout);
        cr_assert_str_eq(firmware->family, images[i].family);
        cr_assert_eq(firmware->version.major, images[i].major);
        cr_assert_eq(firmware->n_boots, images[i].n_boots);
        cr_assert_eq(firmware->problems.n, 0);
        cr_assert_arr_eq(firmware->boot->name, images[i].boot, 4);
        cr_assert_eq(firmware->n_partitions, images[i].n, "%s: %zu", images[i].recipe,
                     firmware->n_partitions);
        for (size_t k = 0; k < images[i].n; k++) {
            const struct row *row = &images[i].rows[k];
            const struct mk_partition *p = find(firmware, row);
            cr_assert(p, "%s: %s", images[i].recipe, row->name);
            cr_assert_eq(p->start, row->start, "%s: %llx", row->name, (unsigned long long)p->start);
            cr_assert(p->size == row->size && p->end == row->start + row->size);
            cr_assert(p->bytes.n == row->size && p->bytes.at == row->start);
            cr_assert_eq(p->n_modules, row->n_modules, "%s: %zu modules", row->name, p->n_modules);
            cr_assert_eq(p->layout, row->n_modules ? MK_LAYOUT_DIRECTORY : MK_LAYOUT_DATA);
            cr_assert_eq(p->problem.code, MK_OK);
        }
        forged_close(&f);
    }
}

/* BP3 of CSME 14 Lite has the place of BP1: it is listed, but its partitions are not repeated. */
Test(ifwi, an_alias_is_listed_once) {
    struct forged_image f = forged_open("good-csme14-lite");
    const struct mk_boot_partition *boots = f.image.firmware.boots;
    cr_assert(boots[0].number == 1 && boots[0].alias == 0 && boots[0].has_table);
    cr_assert(boots[1].number == 2 && boots[1].alias == 0 && boots[1].has_table);
    cr_assert(boots[2].number == 3 && boots[2].alias == 1 && !boots[2].has_table);
    cr_assert(boots[2].start == boots[0].start && boots[2].end == boots[0].end);
    for (size_t i = 0; i < f.image.firmware.n_partitions; i++)
        cr_assert_neq(f.image.firmware.partitions[i].boot, 3);
    forged_close(&f);
}

/* CSE Lite has MFTP in FTPR's slot; an erased slot only has its type's name. */
Test(ifwi, the_directory_names_a_partition) {
    struct forged_image f = forged_open("good-csme14-lite");
    const struct mk_partition *p = mk_partition_find(&f.image.firmware, "MFTP");
    cr_assert(p && p->boot == 1);
    cr_assert_eq(f.image.firmware.boots[0].table.entries[p->entry].type, 2);
    mk_buffer_put(f.b, p->start + mk_cpd_fields[MK_CPD_NAME].offset, "WXYZ", 4);
    forged_again(&f);
    cr_assert(mk_partition_find(&f.image.firmware, "WXYZ"));
    p = mk_partition_find(&f.image.firmware, "WXYZ");
    mk_buffer_fill(f.b, p->start, p->size, 0xFF);
    forged_again(&f);
    p = mk_partition_find(&f.image.firmware, "FTPR");
    cr_assert(p && p->boot == 1 && p->layout == MK_LAYOUT_DATA);
    forged_close(&f);
}

Test(ifwi, a_second_fpt_is_compared) {
    struct forged_image f = forged_open("good-csme16-lite");
    const struct mk_firmware *firmware = &f.image.firmware;
    cr_assert(firmware->has_backup && !firmware->backup_differs && firmware->backup_sum_right);
    cr_assert_eq(firmware->fpt_base, firmware->layout.pointers[MK_POINTER_DATA].offset);
    cr_assert_eq(firmware->layout.flags, MK_LAYOUT_REDUNDANT);
    f.b.p[firmware->fpt_base + 0x1000 + 0x22] ^= 1;
    forged_again(&f);
    cr_assert(firmware->has_backup && firmware->backup_differs && !firmware->backup_sum_right);
    forged_close(&f);
    f = forged_open("good-csme16");
    cr_assert_not(f.image.firmware.has_backup);
    forged_close(&f);
}

/* ---- damage is reported, and whole parts are still shown ---- */

static const struct {
    const char *recipe;
    enum mk_code code;
    size_t n_problems, n_boots;
    const char *shown; /* a partition that is still there */
} damages[] = {
    {"bad-layout-crc", MK_E_CHECKSUM, 1, 2, "FTPR"},
    {"bad-layout-beyond", MK_E_RANGE, 1, 1, "NFTP"},
    {"bad-layout-overlap", MK_E_RANGE, 1, 2, "FTPR"},
    {"bad-bpdt-crc", MK_E_CHECKSUM, 1, 2, "FTPR"},
    {"bad-bpdt-count", MK_E_COUNT, 1, 2, "NFTP"},
    {"bad-bpdt-loop", MK_E_RANGE, 1, 1, "FTPR"},
};

Test(ifwi, damage_of_tables_is_a_problem_each) {
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct forged_image f = forged_open(damages[i].recipe);
        const struct mk_firmware *firmware = &f.image.firmware;
        cr_assert_eq(firmware->problems.n, damages[i].n_problems, "%s", damages[i].recipe);
        cr_assert_eq(firmware->problems.list[0].code, damages[i].code, "%s", damages[i].recipe);
        cr_assert_eq(firmware->n_boots, damages[i].n_boots, "%s", damages[i].recipe);
        const struct mk_partition *p = mk_partition_find(firmware, damages[i].shown);
        cr_assert(p && p->n_modules > 0, "%s", damages[i].recipe);
        forged_close(&f);
    }
}

/* The reader stops after the second table, whether an S-BPDT names another one or the first table.
 */
Test(ifwi, second_tables_have_no_second_tables) {
    static const uint32_t places[] = {0, 0xC000};
    for (size_t i = 0; i < 2; i++) {
        struct forged_image f = forged_open("good-txe3-ifwi");
        uint64_t slot = 0xC000 + MK_BPDT_HEADER_SIZE;
        mk_buffer_uint(f.b, slot, 4, MK_BPDT_TYPE_SECOND);
        mk_buffer_uint(f.b, slot + 4, 4, places[i]);
        forged_again(&f);
        cr_assert_eq(f.image.firmware.n_boots, 2);
        cr_assert_not(mk_partition_find(&f.image.firmware, "NFTP"));
        cr_assert(mk_partition_find(&f.image.firmware, "FTPR"));
        forged_close(&f);
    }
}

/* A slot at 0xA000 shares bytes with UCOD, UTOK and NFTP. */
Test(ifwi, slots_that_cannot_be) {
    static const struct {
        uint32_t offset, size;
        size_t n_problems;
        bool there;
    } slots[] = {
        {0x7000, 0x3000, 0, true},     {0x7000, 0x8000, 3, true},  {0x7000, 0x8001, 4, true},
        {0x7000, UINT32_MAX, 4, true}, {0xF000, 0x1000, 1, false}, {UINT32_MAX, 1, 1, false},
        {0, 0x3000, 0, false},         {0x7000, 0, 0, false},
    };
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        struct forged_image f = forged_open("good-txe3-ifwi");
        const struct mk_partition *p = mk_partition_find(&f.image.firmware, "FTPR");
        uint64_t slot = MK_BPDT_HEADER_SIZE + p->entry * MK_BPDT_ENTRY_SIZE;
        mk_buffer_uint(f.b, slot + 4, 4, slots[i].offset);
        mk_buffer_uint(f.b, slot + 8, 4, slots[i].size);
        forged_again(&f);
        p = mk_partition_find(&f.image.firmware, "FTPR");
        cr_assert_eq(p != NULL, slots[i].there, "slot %zu", i);
        cr_assert_eq(f.image.firmware.problems.n, slots[i].n_problems, "slot %zu", i);
        cr_assert(!p || (p->end <= f.b.n && p->size == slots[i].size), "slot %zu", i);
        forged_close(&f);
    }
}

static enum mk_module_state state_of(struct mk_span region, const struct mk_partition *p,
                                     const struct mk_module *m) {
    enum mk_module_state state;
    cr_assert(mk_module_state(region, p, m, &state, NULL));
    return state;
}

/* The state of a module that is there, erased, or beyond the end of a cut region. */
Test(ifwi, the_state_of_a_module) {
    struct forged_image f = forged_open("good-txe3-ifwi");
    const struct mk_partition *p = mk_partition_find(&f.image.firmware, "NFTP");
    const struct mk_module *m = mk_module_find(p, "vfs");
    uint64_t start = m->start, end = mk_module_stored_end(m);
    cr_assert_eq(state_of(f.image.region, p, m), MK_MODULE_PRESENT);
    cr_assert_eq(mk_module_stored(m).n, m->stored_size);
    cr_assert_lt(m->stored_size, m->end - m->start);
    mk_buffer_fill(f.b, start, end - start, 0xFF);
    cr_assert_eq(state_of(f.image.region, p, m), MK_MODULE_ERASED);
    f.b.p[end - 1] = 0;
    cr_assert_eq(state_of(f.image.region, p, m), MK_MODULE_PRESENT);
    cr_assert_eq(state_of(mk_span_clip(f.image.region, 0, start + 1), p, m), MK_MODULE_ERASED);
    cr_assert_eq(state_of(mk_span_clip(f.image.region, 0, start), p, m), MK_MODULE_CUT_OFF);
    cr_assert_str_eq(mk_module_state_name(MK_MODULE_CUT_OFF), "cut off");
    forged_close(&f);
}
