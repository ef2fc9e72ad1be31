/* SPDX-License-Identifier: MIT */
/* Private to fpt-dump: the ME's file systems and configurations. */
#ifndef MEKIT_TOOLS_DUMP_MFS_H
#define MEKIT_TOOLS_DUMP_MFS_H

#include "../diff/diff.h"
#include "tool.h"

#include <jansson.h>
#include <mekit/image/file_system.h>

/* ---- names of ids (names.c) ---- */

/* The file table of MEAnalyzer: {platform: {dictionary: {"FTBL": {id: "path,..."}}}}, keys in
 * hexadecimal. Call it before the sandbox. */
json_t *mfs_names_load(const char *path, struct mk_error *e);
/* The path of an id, masked; "0x1003a200" if no table has it. Returns out. */
char *mfs_name(const json_t *names, const struct mk_mfs *volume, uint32_t id, char *out,
               size_t room);

/* ---- the configurations of an image (source.c) ---- */

/* A configuration, or the home directory. */
struct mfs_source {
    char place[24];              /* "MFS 7", "FITC"; masked */
    unsigned number;             /* of the low-level file; 0: FITC */
    const struct mk_mfs *volume; /* its volume, or the one that FITC belongs to; NULL: none */
    const json_t *names;
    struct mk_configuration c;
    struct mk_error problem; /* code MK_OK, or why it can't be read */
};

#define MFS_SOURCES (3 * MK_LIMIT_FILE_SYSTEMS + 1)
struct mfs_contents {
    struct mk_file_systems systems;
    struct mfs_source sources[MFS_SOURCES]; /* files 6, 7, 8 of each volume, if present; FITC */
    size_t n;
    bool has_fitc;
    struct mk_fitc fitc;
};

/* False: MEMORY. End with mfs_contents_free in any case. names outlives it. */
bool mfs_contents_read(const struct mk_image *image, const json_t *names,
                       struct mfs_contents *contents, struct mk_error *e);
void mfs_contents_free(struct mfs_contents *contents);
/* That source of a volume, or NULL if it can't be read; volume NULL and number 0: FITC. */
const struct mfs_source *mfs_source_find(const struct mfs_contents *contents,
                                         const struct mk_mfs *volume, unsigned number);

/* The name of a setting: its path, or the name of its id. Returns out. */
char *mfs_setting_name(const struct mfs_source *s, size_t i, char *out, size_t room);
/* Readable data: "empty", hexadecimal, or the size and a CRC-32. Returns out. */
#define MFS_VALUE_ROOM 64
char *mfs_value(struct mk_span data, char out[MFS_VALUE_ROOM]);

/* ---- comparing (settings.c) ---- */

/* Reports every setting that differs to d; one_way: a setting that b lacks is no difference. place:
 * the place of both. False: MEMORY. */
bool mfs_compare(struct diff *d, const char *place, const struct mfs_source *a,
                 const struct mfs_source *b, bool one_way, struct mk_error *e);

/* fpt-dump --settings: compares the OEM's settings with Intel's. Returns the exit status. */
int mfs_settings(const struct tool_run *run, const struct mk_image *image, const json_t *names);

/* ---- showing ---- */

bool mfs_text(FILE *words, const struct mk_image *image, const json_t *names, bool verbose,
              struct mk_error *e);
/* Adds file_systems, fitc. */
void mfs_json(json_t *object, const struct mk_image *image, const json_t *names);

#endif
