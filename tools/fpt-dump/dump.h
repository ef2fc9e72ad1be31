/* SPDX-License-Identifier: MIT */
/* Private to fpt-dump: the same image as text, JSON, flashrom layout, picture, or difference. */
#ifndef MEKIT_TOOLS_DUMP_H
#define MEKIT_TOOLS_DUMP_H

#include "tool.h"

#include <jansson.h>
#include <mekit/inspect/inspect.h>
#include <mekit/inspect/state.h>

struct dump_options {
    bool layout, map, svg, html, like_ifdtool, check_fmap, settings, identity, support;
    const char *diff;
    const char *file_table;
    json_t *names; /* the content of that file, or NULL */
};

/* An image with its name and its findings. */
struct dump_view {
    const struct tool_input *input;
    const struct mk_image *image;
    const struct mk_inspection *seen;
};

int dump_report(struct tool_run *run);

/* Runs mk_inspect with all checks. False: MEMORY. */
bool dump_look(const struct tool_run *run, const struct mk_image *image, struct mk_inspection *seen,
               struct mk_error *e);

/* --svg and --html of one image, or of two (before above after); differences: those of the two,
 * else NULL. False: MEMORY. */
bool dump_picture(const struct tool_run *run, const struct dump_view *views, size_t n,
                  const json_t *differences, struct mk_error *e);
/* Prints the same lines as ifdtool -d. */
void dump_like_ifdtool(FILE *words, const struct mk_image *image);
/* Prints where flash map and descriptor disagree, as ifdtool -t does. False: they disagree, or
 * there is no flash map. */
bool dump_check_fmap(FILE *words, const struct mk_image *image);

/* The names of ids that the user gave, or NULL. */
const json_t *dump_names(const struct tool_run *run);

/* True if reports may show data that identify one machine. */
bool dump_identity(const struct tool_run *run);

/* Functions that return bool and take an error fail only if memory runs out. Functions that make
 * JSON leave that check to report_is_whole. */

/* The offsets of $FPT's entries count from its start: the region, or the data partition of CSE. */
struct mk_span dump_fpt_base(const struct mk_image *image);
/* The kind of an entry's bytes: "data", "quota", ... */
const char *dump_entry_state(const struct mk_image *image, const struct mk_fpt_entry *entry);
/* Another entry that claims bytes of entry i, or NULL. */
const struct mk_fpt_entry *dump_entry_overlap(const struct mk_fpt *fpt, unsigned i);
/* The entry's owner, masked; empty: none is given. Returns out. */
#define DUMP_OWNER_ROOM 17
char *dump_entry_owner(const struct mk_image *image, const struct mk_fpt_entry *entry,
                       char out[DUMP_OWNER_ROOM]);
/* *size: the size that the ME region can be reduced to; 0: this image has no such size. */
bool dump_minimum(const struct mk_image *image, uint64_t *size, struct mk_error *e);
/* True if a strip keeps the module: it is needed to boot and is in the boot partition. */
bool dump_is_kept(const struct mk_image *image, const struct mk_partition *p,
                  const struct mk_module *m);
/* Says why there is no firmware to show, or which part is not shown. False: everything is shown. */
bool dump_missing(const struct mk_image *image, char *out, size_t room);

/* Security numbers of a manifest's package info (extension 0F, 23), or of its partition info (03).
 * False: it has none. */
struct dump_security {
    bool has_arb; /* only 0F has it */
    uint32_t vcn, arb_svn;
};
bool dump_security_read(const struct mk_manifest *m, struct dump_security *s);

/* Oddities that are not findings: [{offset: integer or null, text}], in the order of the file's
 * structures. */
json_t *dump_remarks(const struct mk_image *image);

void dump_text_descriptor(FILE *words, const struct mk_image *image, bool verbose);
/* Layout table, boot partitions, and the present part of the data partition. */
void dump_text_cse(FILE *words, const struct mk_image *image, bool verbose);
bool dump_text_firmware(FILE *words, const struct mk_image *image, bool verbose,
                        struct mk_error *e);

json_t *dump_json(const struct tool_run *run, const struct mk_image *image,
                  const struct mk_findings *findings);
json_t *dump_json_descriptor(const struct mk_image *image);
/* Adds layout, boot_partitions: null and empty for a flat region. */
void dump_json_cse(json_t *object, const struct mk_image *image);
/* Adds partition_tables, partitions, manifests, modules. */
void dump_json_firmware(json_t *object, const struct mk_image *image);

/* Remarks on regions that it leaves out go to stderr, unless quiet. */
void dump_layout(FILE *words, const struct mk_image *image, bool quiet);
/* Three lines: the kind of image, whether it is whole, and the effect of a strip. */
struct map;
void dump_summary(FILE *words, const struct map *map);
/* The same, and the map as bars of text. */
void dump_map(FILE *words, const struct map *map);

#endif
