/* SPDX-License-Identifier: MIT */
/* The home directory of a running ME: the files that it has written, as a tree of low-level files.
 * File 8 of the MFS is its root. Every directory is a list of records and a tail (a keyed hash).
 * Two forms of both are known; the names in a directory show which form it has. Source: as mfs.h;
 * checked on 6 volumes in use. */
#ifndef MEKIT_FORMAT_HOME_H
#define MEKIT_FORMAT_HOME_H

#include <mekit/base/api.h>
#include <mekit/format/mfs/configuration.h>
#include <mekit/format/mfs/mfs.h>

MK_BEGIN_DECLS

enum mk_home_field {
    MK_HOME_NUMBER, /* of the low-level file */
    MK_HOME_SALT,
    MK_HOME_FILE_SYSTEM,
    MK_HOME_MODE,
    MK_HOME_UID,
    MK_HOME_GID,
    MK_HOME_FIELDS
};
extern const struct mk_field mk_home_fields[MK_HOME_FIELDS]; /* the name ends a record */
#define MK_HOME_DIRECTORY 0x4000u                            /* a bit of the mode */

/* Reads the tree as a named configuration without the root: id is the number of the low-level file;
 * data are its bytes, without a tail (empty if the volume has no such file). Without file 8 the
 * tree is empty; a directory of neither form counts as empty. False: MEMORY; COUNT (more than
 * MK_LIMIT_HOME_RECORDS, or too deep); FIELD (a directory is in itself, or in two). On success end
 * with mk_configuration_free; mfs has to outlive it. */
bool mk_home_read(const struct mk_mfs *mfs, struct mk_configuration *home, struct mk_error *e);

MK_END_DECLS

#endif
