/* SPDX-License-Identifier: MIT */
/* Where the bytes of partitions and modules are: sets of region-relative ranges. What returns bool
 * returns false only where memory runs out; sets are added to, never cleared. */
#ifndef MEKIT_IMAGE_EXTENT_H
#define MEKIT_IMAGE_EXTENT_H

#include <mekit/base/api.h>
#include <mekit/base/range.h>
#include <mekit/image/firmware.h>

MK_BEGIN_DECLS

/* The bytes of one module: its one piece, or its pages wherever they are. */
bool mk_module_extents(const struct mk_partition *p, const struct mk_module *m,
                       struct mk_ranges *out);

/* Where its stored bytes end: in a directory the next entry begins only behind a gap. */
uint64_t mk_module_stored_end(const struct mk_module *m);

/* The part of m->stored that is the module: stored_size bytes if that is known, else up to the next
 * entry. Empty for pages of the LLUT. */
struct mk_span mk_module_stored(const struct mk_module *m);

/* What became of a module's bytes. Pages that several entries share don't count: who strips may
 * leave them. */
enum mk_module_state {
    MK_MODULE_PRESENT,
    MK_MODULE_ERASED, /* all FF */
    MK_MODULE_CUT_OFF /* all of it lies behind the end of the region */
};
const char *mk_module_state_name(enum mk_module_state s); /* "present", "erased", "cut off" */
bool mk_module_state(struct mk_span region, const struct mk_partition *p, const struct mk_module *m,
                     enum mk_module_state *state, struct mk_error *e);

/* The list of what is in p: the directory, or the manifest and the table of pages (LLUT), which is
 * empty where there is none. */
struct mk_head {
    struct mk_range front, pages;
};
struct mk_head mk_partition_head(const struct mk_partition *p);

/* What p can't be without: manifest or directory, LLUT with its table, essential modules. */
bool mk_essential_extents(const struct mk_partition *p, struct mk_ranges *out);

/* The bytes of p that only removable modules use. Pages that several table entries share are left
 * out (as the known tools leave them) unless shared. Never meets mk_essential_extents. */
bool mk_removable_extents(const struct mk_partition *p, bool shared, struct mk_ranges *out);

/* stripped: every byte that mk_removable_extents(p, false) names is FF: it was stripped before. */
bool mk_partition_is_stripped(const struct mk_partition *p, struct mk_span region, bool *stripped,
                              struct mk_error *e);

/* Needs no memory. True if every byte of the set that the region has is value. */
bool mk_extents_are_filled(struct mk_ranges *set, struct mk_span region, uint8_t value);

MK_END_DECLS

#endif
