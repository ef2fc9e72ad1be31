/* SPDX-License-Identifier: MIT */
/* Private to lib/image: the steps that build the firmware tree. */
#ifndef MEKIT_IMAGE_TREE_H
#define MEKIT_IMAGE_TREE_H

#include <mekit/image/firmware.h>

/* Reads the content of p->bytes (start, end, size, bytes are set): layout, manifest, modules, LLUT.
 * A fault becomes p->problem; false only if memory runs out. sibling: entry size of the $MME list
 * in FTPR of the same image, 0 if unknown. */
bool mki_partition_read(struct mk_partition *p, unsigned sibling, struct mk_error *e);
void mki_partition_free(struct mk_partition *p);

/* The two kinds of content. False with e: damage; p has everything that was read before. */
bool mki_manifest_modules_read(struct mk_partition *p, unsigned sibling, struct mk_error *e);
bool mki_directory_modules_read(struct mk_partition *p, struct mk_error *e);

/* sort fills p->by_name once all modules are there; named returns the first module of that name, or
 * NULL. */
bool mki_modules_sort(struct mk_partition *p, struct mk_error *e);
struct mk_module *mki_module_named(const struct mk_partition *p, const uint8_t *name, size_t n);

/* Adds m's bytes to *covered, the bytes that the modules of p cover so far. COUNT if that is more
 * than possible. */
bool mki_modules_cover(const struct mk_partition *p, const struct mk_module *m, uint64_t *covered,
                       struct mk_error *e);

/* The tree of a region with a layout table. False only if memory runs out; f->problems lists
 * damage. f->layout must be filled. */
bool mki_ifwi_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e);

/* The tree of a region whose only table is $FPT. */
bool mki_flat_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e);

/* Makes partitions of the entries of f->fpt that have data; offsets count from f->fpt_base. The
 * list must have room for them. */
bool mki_fpt_partitions_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e);

/* Sets family, version and generation from the boot partition. */
bool mki_firmware_classify(struct mk_firmware *f, struct mk_error *e);

#endif
