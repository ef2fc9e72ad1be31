/* SPDX-License-Identifier: MIT */
/* The structures that have a tag, one row each. Recognition, the scan, the search for copies, the
 * fuzz mutator and the tests of fields all use this table. */
#ifndef MEKIT_FORMAT_STRUCTURE_H
#define MEKIT_FORMAT_STRUCTURE_H

#include <mekit/base/api.h>
#include <mekit/base/field.h>

MK_BEGIN_DECLS

enum mk_structure_id {
    MK_STRUCTURE_MAP, /* of a flash descriptor */
    MK_STRUCTURE_FPT,
    MK_STRUCTURE_CPD,
    MK_STRUCTURE_MN2, /* manifest of generation 2 and later */
    MK_STRUCTURE_MAN, /* of generation 1 */
    MK_STRUCTURE_MME,
    MK_STRUCTURE_LLUT,
    MK_STRUCTURE_BPDT,
    MK_STRUCTURE_BPDT_RECOVERY,
    MK_STRUCTURES
};

struct mk_field_table {
    const struct mk_field *fields; /* NULL: no list */
    unsigned n;
};

struct mk_structure {
    const char *name;
    uint32_t tag;    /* as read, little endian */
    uint32_t tag_at; /* offset of the tag in the structure */
    struct mk_field_table header, entry;
    uint32_t list_at, stride; /* place and size of the entries in the most common form */
};
extern const struct mk_structure mk_structures[MK_STRUCTURES];

/* True if s begins with that structure. */
bool mk_structure_is_at(struct mk_span s, enum mk_structure_id id);

MK_END_DECLS

#endif
