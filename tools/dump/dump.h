/* Private to fpt-dump: the same image as text, JSON, flashrom layout, picture, or difference. */
#ifndef MEKIT_TOOLS_DUMP_H
#define MEKIT_TOOLS_DUMP_H

#include "tool.h"

#include <jansson.h>

struct dump_options {
    bool layout, svg;
    const char *diff;
};

/* What was done to an image: any of these may hold. */
struct dump_state {
    bool stripped, relocated, truncated, soft_disabled, locked, erased, disabled;
};

int dump_report(struct tool_run *run);

void dump_state_read(const struct mk_image *image, struct dump_state *state);
/* The next name that holds from *i on ("stripped", ...; "stock" if none of the first three does),
 * or NULL. */
const char *dump_state_name(const struct dump_state *state, size_t *i);

/* What an entry's bytes are: "kept data", "a quota", ... */
const char *dump_entry_state(const struct mk_image *image, const struct mk_fpt_entry *entry);

void dump_text_descriptor(FILE *words, const struct mk_image *image, bool verbose);
void dump_text_firmware(FILE *words, const struct mk_image *image, bool verbose);
json_t *dump_json(const struct tool_run *run, const struct mk_image *image);
json_t *dump_json_descriptor(const struct mk_descriptor *d);
void dump_layout(FILE *words, const struct mk_image *image);
void dump_svg(FILE *words, const struct mk_image *image);
/* Returns the exit status: 0 identical, 1 different. */
int dump_diff(struct tool_run *run, const struct mk_image *image, const char *path);

#endif
