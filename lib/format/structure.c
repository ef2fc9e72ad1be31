/* SPDX-License-Identifier: MIT */
#include <mekit/format/structure.h>

#include <mekit/format/bpdt.h>
#include <mekit/format/cpd.h>
#include <mekit/format/descriptor.h>
#include <mekit/format/fpt.h>
#include <mekit/format/llut.h>
#include <mekit/format/mme.h>
#include <mekit/format/tag.h>

/* clang-format off */
#define FIELDS(room)    {mk_##room##_fields, sizeof mk_##room##_fields / sizeof *mk_##room##_fields}
#define NO_LIST         {NULL, 0}, 0, 0

const struct mk_structure mk_structures[MK_STRUCTURES] = {
    [MK_STRUCTURE_MAP]           = {"flash descriptor", MK_DESCRIPTOR_SIGNATURE,  0x00,               FIELDS(map),      FIELDS(flreg),      0x30,  0x04},
    [MK_STRUCTURE_FPT]           = {"$FPT",             MK_TAG_FPT,               0x00,               FIELDS(fpt),      FIELDS(entry),      0x20,  0x20},
    [MK_STRUCTURE_CPD]           = {"$CPD",             MK_TAG_CPD,               0x00,               FIELDS(cpd),      FIELDS(cpd_entry),  0x10,  0x18},
    [MK_STRUCTURE_MN2]           = {"$MN2",             MK_TAG_MN2,               MK_MANIFEST_TAG_AT, FIELDS(manifest), FIELDS(mme),        0x290, 0x60},
    [MK_STRUCTURE_MAN]           = {"$MAN",             MK_TAG_MAN,               MK_MANIFEST_TAG_AT, FIELDS(manifest), FIELDS(mme1),       0x290, 0x50},
    [MK_STRUCTURE_MME]           = {"$MME",             MK_TAG_MME,               0x00,               FIELDS(mme),      NO_LIST},
    [MK_STRUCTURE_LLUT]          = {"LLUT",             MK_TAG_LLUT,              0x00,               FIELDS(llut),     FIELDS(chunk),      0x40,  0x04},
    [MK_STRUCTURE_BPDT]          = {"BPDT",             MK_TAG_BPDT,              0x00,               FIELDS(bpdt),     FIELDS(bpdt_entry), 0x18,  0x0C},
    [MK_STRUCTURE_BPDT_RECOVERY] = {"recovery BPDT",    MK_TAG_BPDT_RECOVERY,     0x00,               FIELDS(bpdt),     FIELDS(bpdt_entry), 0x18,  0x0C},
};
/* clang-format on */

bool mk_structure_is_at(struct mk_span s, enum mk_structure_id id) {
    return mk_tag_is_at(s, mk_structures[id].tag_at, mk_structures[id].tag);
}
