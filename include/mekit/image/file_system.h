/* SPDX-License-Identifier: MIT */
/* The file systems of an image, and the configurations in them. */
#ifndef MEKIT_IMAGE_FILE_SYSTEM_H
#define MEKIT_IMAGE_FILE_SYSTEM_H

#include <mekit/base/api.h>
#include <mekit/format/mfs/configuration.h>
#include <mekit/format/mfs/home.h>
#include <mekit/format/mfs/mfs.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

struct mk_file_system {
    uint8_t partition[4]; /* "MFS", "AFS", "MFSB" */
    struct mk_span bytes; /* cut to the file */
    struct mk_mfs mfs;
};

struct mk_file_systems {
    struct mk_file_system *list; /* owned; in the order of the table */
    size_t n;
};

/* Reads the volumes that the $FPT lists with data. A volume that the file holds only in part is
 * damaged. False: MEMORY. End with mk_file_systems_free in any case. */
bool mk_file_systems_read(const struct mk_image *image, struct mk_file_systems *systems,
                          struct mk_error *e);
void mk_file_systems_free(struct mk_file_systems *systems);

/* The first volume that has pages (whole or damaged), or NULL. */
const struct mk_file_system *mk_file_system_live(const struct mk_file_systems *systems);

/* Reads low-level file 6 or 7 as a configuration. NOT_FOUND: the volume has no such file, or an
 * empty one; other errors are those of mk_configuration_read, without an offset, since the bytes
 * are scattered. */
bool mk_file_system_configuration(const struct mk_mfs *mfs, unsigned number,
                                  struct mk_configuration *c, struct mk_error *e);

/* Reads the partition FITC. False: there is none, or it has another form. */
bool mk_image_fitc(const struct mk_image *image, struct mk_fitc *fitc);

/* True if a setting has data that no vendor puts there: the trace of deguard. */
bool mk_configuration_is_deguarded(const struct mk_configuration *c);

MK_END_DECLS

#endif
