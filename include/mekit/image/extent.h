/* SPDX-License-Identifier: MIT */
/* Where the bytes of partitions and modules are, as sets of region-relative ranges. The functions
 * return false only if memory runs out (except mk_extents_are_filled); they add to sets and never
 * clear them. */
#ifndef MEKIT_IMAGE_EXTENT_H
#define MEKIT_IMAGE_EXTENT_H

#include <mekit/base/api.h>
#include <mekit/base/range.h>
#include <mekit/image/firmware.h>

MK_BEGIN_DECLS

/* The bytes of one module: its one piece, or its pages wherever they are. */
bool mk_module_extents(const struct mk_partition *p, const struct mk_module *m,
                       struct mk_ranges *out);

/* Where the module's stored bytes end. In a directory a gap may follow before the next entry. */
uint64_t mk_module_stored_end(const struct mk_module *m);

/* The part of m->stored that is the module: stored_size bytes if that is known, else up to the next
 * entry. Empty for a module of LLUT pages. */
struct mk_span mk_module_stored(const struct mk_module *m);

/* Whether a module's bytes are still there. Pages that several entries share don't count, since a
 * strip may leave them. */
enum mk_module_state {
    MK_MODULE_PRESENT,
    MK_MODULE_ERASED, /* all FF */
    MK_MODULE_CUT_OFF /* all of it lies beyond the end of the region */
};
const char *mk_module_state_name(enum mk_module_state s); /* "present", "erased", "cut off" */
bool mk_module_state(struct mk_span region, const struct mk_partition *p, const struct mk_module *m,
                     enum mk_module_state *state, struct mk_error *e);

/* The bytes that list the content of p: the directory or manifest (front), and the table of pages
 * (LLUT), which is empty if p has none. */
struct mk_head {
    struct mk_range front, pages;
};
struct mk_head mk_partition_head(const struct mk_partition *p);

/* The bytes that p needs: manifest or directory, LLUT with its table, essential modules. */
bool mk_essential_extents(const struct mk_partition *p, struct mk_ranges *out);

/* The bytes of p that only removable modules use. It leaves out pages that several table entries
 * share, as the known tools do, unless shared is true. It never overlaps mk_essential_extents. */
bool mk_removable_extents(const struct mk_partition *p, bool shared, struct mk_ranges *out);

/* *stripped: every byte of mk_removable_extents(p, false) is FF, so p was stripped before. */
bool mk_partition_is_stripped(const struct mk_partition *p, struct mk_span region, bool *stripped,
                              struct mk_error *e);

/* True if every byte of the set that lies in region is value. Needs no memory. */
bool mk_extents_are_filled(struct mk_ranges *set, struct mk_span region, uint8_t value);

MK_END_DECLS

#endif
