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
    json_t *names; /* what is in that file, or NULL */
};

/* An image beside its name and what was found in it. */
struct dump_view {
    const struct tool_input *input;
    const struct mk_image *image;
    const struct mk_inspection *seen;
};

int dump_report(struct tool_run *run);

/* All that mk_inspect can find. False: MEMORY. */
bool dump_look(const struct tool_run *run, const struct mk_image *image, struct mk_inspection *seen,
               struct mk_error *e);

/* --svg and --html of one image, or of two, before above after; differences: of two, else NULL.
 * False: MEMORY. */
bool dump_picture(const struct tool_run *run, const struct dump_view *views, size_t n,
                  const json_t *differences, struct mk_error *e);
/* What ifdtool -d prints, line by line. */
void dump_like_ifdtool(FILE *words, const struct mk_image *image);
/* Where flash map and descriptor disagree, as ifdtool -t tells it. False: they do, or there is no
 * flash map. */
bool dump_check_fmap(FILE *words, const struct mk_image *image);

/* The names of ids that run was given, or NULL. */
const json_t *dump_names(const struct tool_run *run);

/* True where reports may tell what belongs to one machine alone. */
bool dump_identity(const struct tool_run *run);

/* What returns bool and takes an error fails where memory runs out, and only there. What makes JSON
 * leaves that to report_is_whole. */

/* What the offsets of $FPT's entries count from: the region, or the data partition of CSE. */
struct mk_span dump_fpt_base(const struct mk_image *image);
/* What an entry's bytes are: "data", "quota", ... */
const char *dump_entry_state(const struct mk_image *image, const struct mk_fpt_entry *entry);
/* Another entry that claims bytes of entry i, or NULL. */
const struct mk_fpt_entry *dump_entry_overlap(const struct mk_fpt *fpt, unsigned i);
/* Its owner, masked; empty where none is told. Returns out. */
#define DUMP_OWNER_ROOM 17
char *dump_entry_owner(const struct mk_image *image, const struct mk_fpt_entry *entry,
                       char out[DUMP_OWNER_ROOM]);
/* The size that the ME region can be reduced to, or 0: that means nothing for this image. */
bool dump_minimum(const struct mk_image *image, uint64_t *size, struct mk_error *e);
/* A strip keeps the module: it is needed to boot, and of the partition that boots. */
bool dump_is_kept(const struct mk_image *image, const struct mk_partition *p,
                  const struct mk_module *m);
/* Why there is no firmware to show, or what of it is not shown. False: there is, and all is. */
bool dump_missing(const struct mk_image *image, char *out, size_t room);

/* Security numbers of a manifest's package info (extension 0F, 23), or of its partition info (03).
 * False: it has none. */
struct dump_security {
    bool has_arb; /* only 0F tells it */
    uint32_t vcn, arb_svn;
};
bool dump_security_read(const struct mk_manifest *m, struct dump_security *s);

/* Odd things that are no finding: [{offset: integer or null, text}], in the order of the file's
 * structures. */
json_t *dump_remarks(const struct mk_image *image);

void dump_text_descriptor(FILE *words, const struct mk_image *image, bool verbose);
/* Layout table, boot partitions, what of the data partition is there. */
void dump_text_cse(FILE *words, const struct mk_image *image, bool verbose);
bool dump_text_firmware(FILE *words, const struct mk_image *image, bool verbose,
                        struct mk_error *e);

json_t *dump_json(const struct tool_run *run, const struct mk_image *image,
                  const struct mk_findings *findings);
json_t *dump_json_descriptor(const struct mk_image *image);
/* Adds layout, boot_partitions: null and empty where the region is flat. */
void dump_json_cse(json_t *object, const struct mk_image *image);
/* Adds partition_tables, partitions, manifests, modules. */
void dump_json_firmware(json_t *object, const struct mk_image *image);

/* Remarks on what is left out go to stderr, unless quiet. */
void dump_layout(FILE *words, const struct mk_image *image, bool quiet);
/* What it is, whether it is whole, what a strip would do: a line each. */
struct map;
void dump_summary(FILE *words, const struct map *map);
/* The same, and the map as bars of text. */
void dump_map(FILE *words, const struct map *map);

#endif
