/* SPDX-License-Identifier: MIT */
/* Configurations: the settings that Intel and the OEM give the firmware, in the low-level files 6
 * and 7 of the MFS and in the partition FITC.
 *
 * Named (ME 11, CSME 12, TXE): a tree of directories and files. Numbered (CSME 13 and later): ids;
 * only a public table has their names. Source: MEAnalyzer 089b991; checked on 319 volumes and 57
 * FITC partitions. */
#ifndef MEKIT_FORMAT_CONFIGURATION_H
#define MEKIT_FORMAT_CONFIGURATION_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/field.h>
#include <mekit/base/limit.h>

MK_BEGIN_DECLS

#define MK_SETTING_NAME_SIZE 12u

enum mk_configuration_form { MK_CONFIGURATION_NAMED, MK_CONFIGURATION_NUMBERED };

/* Both begin with a u32, the number of records. The data follow the records. */
#define MK_CONFIGURATION_HEADER 4u

enum mk_named_field {
    MK_NAMED_NAME, /* ".." leaves a directory */
    MK_NAMED_MODE,
    MK_NAMED_OPTIONS,
    MK_NAMED_SIZE,
    MK_NAMED_UID,
    MK_NAMED_GID,
    MK_NAMED_OFFSET, /* from the count */
    MK_NAMED_FIELDS
};
extern const struct mk_field mk_named_fields[MK_NAMED_FIELDS];
#define MK_NAMED_RECORD     0x1Cu
#define MK_MODE_DIRECTORY   0x1000u
#define MK_MODE_ANTI_REPLAY 0x0800u
#define MK_MODE_ENCRYPTED   0x0400u
#define MK_MODE_INTEGRITY   0x0200u
#define MK_MODE_ACCESS      0x01FFu /* rwx of owner, group, others */
#define MK_OPTION_OEM       1u      /* the OEM may set it */

enum mk_numbered_field {
    MK_NUMBERED_ID,
    MK_NUMBERED_OFFSET,
    MK_NUMBERED_SIZE,
    MK_NUMBERED_OPTIONS,
    MK_NUMBERED_FIELDS
};
extern const struct mk_field mk_numbered_fields[MK_NUMBERED_FIELDS];
#define MK_NUMBERED_RECORD 0x0Cu

#define MK_NO_PARENT SIZE_MAX

struct mk_setting {
    uint8_t name[MK_SETTING_NAME_SIZE]; /* named */
    size_t parent;                      /* index of its directory, or MK_NO_PARENT */
    bool directory;
    unsigned mode, uid, gid;
    uint32_t id; /* numbered; in a home directory: number of the low-level file */
    unsigned options;
    struct mk_span data; /* empty for a directory */
};

struct mk_configuration {
    enum mk_configuration_form form;
    struct mk_setting *list; /* owned; a directory comes before its content */
    size_t n;
};

/* COUNT, RANGE (a record or its data reaches outside), FIELD (".." at the top), MEMORY. On success
 * end with mk_configuration_free; the spans point into bytes. */
bool mk_configuration_read(struct mk_span bytes, struct mk_configuration *c, struct mk_error *e);
void mk_configuration_free(struct mk_configuration *c);

/* Writes the path of setting i: the names from the root down, masked, each after a slash;
 * "0x1003a200" for an id. Returns out. */
#define MK_SETTING_PATH_ROOM (MK_LIMIT_PATH_DEPTH * (4 * MK_SETTING_NAME_SIZE + 1) + 1)
char *mk_setting_path(const struct mk_configuration *c, size_t i, char *out, size_t room);

/* The setting whose path is these n names from the root down, or NULL. */
const struct mk_setting *mk_setting_find(const struct mk_configuration *c, const char *const *names,
                                         size_t n);

/* FITC of CSME 12 and later: a header with two CRCs, then a configuration. */
enum mk_fitc_field {
    MK_FITC_VERSION,
    MK_FITC_HEADER_CRC,
    MK_FITC_LENGTH,
    MK_FITC_DATA_CRC,
    MK_FITC_FIELDS
};
extern const struct mk_field mk_fitc_fields[MK_FITC_FIELDS];
#define MK_FITC_HEADER 0x10u

struct mk_fitc {
    uint32_t header_crc, header_crc_expected; /* equal when right */
    uint32_t data_crc, data_crc_expected;
    uint32_t length;
    struct mk_span data; /* cut to the partition */
};

/* False: it has another form. It accepts a wrong CRC. */
bool mk_fitc_read(struct mk_span partition, struct mk_fitc *fitc);
bool mk_fitc_is_whole(const struct mk_fitc *fitc);

MK_END_DECLS

#endif
