/* SPDX-License-Identifier: MIT */
/* The table of structures says the same as the readers' own sizes, and as images. */
#include "forged.h"

#include <mekit/format/bpdt.h>
#include <mekit/format/cpd.h>
#include <mekit/format/fpt.h>
#include <mekit/format/llut.h>
#include <mekit/format/structure.h>

TestSuite(structure, .fini = check_leaks);

static void has_list(enum mk_structure_id id, uint32_t list_at, uint32_t stride) {
    cr_assert_eq(mk_structures[id].list_at, list_at, "%s", mk_structures[id].name);
    cr_assert_eq(mk_structures[id].stride, stride, "%s", mk_structures[id].name);
}

Test(structure, lists_begin_where_readers_look) {
    has_list(MK_STRUCTURE_FPT, MK_FPT_HEADER_SIZE, MK_FPT_ENTRY_SIZE);
    has_list(MK_STRUCTURE_LLUT, MK_LLUT_HEADER_SIZE, MK_LLUT_ENTRY_SIZE);
    has_list(MK_STRUCTURE_BPDT, MK_BPDT_HEADER_SIZE, MK_BPDT_ENTRY_SIZE);
    has_list(MK_STRUCTURE_BPDT_RECOVERY, MK_BPDT_HEADER_SIZE, MK_BPDT_ENTRY_SIZE);
    has_list(MK_STRUCTURE_CPD, 0x10, MK_CPD_ENTRY_SIZE);
}

static struct mk_span find(struct mk_span s, enum mk_structure_id id) {
    uint64_t at = 0;
    while (at < s.n && !mk_structure_is_at(mk_span_clip(s, at, s.n), id))
        at += 4;
    cr_assert_lt(at, s.n, "%s", mk_structures[id].name);
    return mk_span_clip(s, at, s.n);
}

/* A $MME begins each entry of a manifest's list. */
Test(structure, manifests_list_modules) {
    static const struct {
        const char *recipe;
        enum mk_structure_id id;
    } rows[] = {{"good-me8", MK_STRUCTURE_MN2}, {"unsupported-me4", MK_STRUCTURE_MAN}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct mk_structure *s = &mk_structures[rows[i].id];
        struct mk_buffer b = forged(rows[i].recipe);
        struct mk_span manifest = find(mk_buffer_span(b), rows[i].id);
        for (uint64_t k = 0; k < 2; k++)
            cr_assert(
                mk_structure_is_at(mk_span_clip(manifest, s->list_at + k * s->stride, manifest.n),
                                   MK_STRUCTURE_MME),
                "%s: entry %u", rows[i].recipe, (unsigned)k);
        free(b.p);
    }
}

/* The dwords of the list are FLREG0, FLREG1 and so on. */
Test(structure, a_descriptor_lists_regions) {
    const struct mk_structure *s = &mk_structures[MK_STRUCTURE_MAP];
    struct forged_image f = forged_open("good-ifd-x230");
    struct mk_span map = find(f.image.bytes, MK_STRUCTURE_MAP);
    for (unsigned i = 0; i < 4; i++)
        cr_assert_eq(mk_span_u32(map, s->list_at + (uint64_t)i * s->stride),
                     f.image.descriptor.regions[i].raw);
    forged_close(&f);
}
