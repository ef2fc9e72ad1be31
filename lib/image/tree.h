/* SPDX-License-Identifier: MIT */
/* Private to lib/image: the steps that build the firmware tree. */
#ifndef MEKIT_IMAGE_TREE_H
#define MEKIT_IMAGE_TREE_H

#include <mekit/image/firmware.h>

/* Fills what is behind p->bytes (start, end, size, bytes are set): layout, manifest, modules, LLUT.
 * What is wrong becomes p->problem; false only where memory runs out. sibling: entry size of the
 * $MME list in FTPR of the same image, 0 if not known. */
bool mki_partition_read(struct mk_partition *p, unsigned sibling, struct mk_error *e);
void mki_partition_free(struct mk_partition *p);

/* The two kinds of content. False with e: damage; p holds what was read up to there. */
bool mki_manifest_modules_read(struct mk_partition *p, unsigned sibling, struct mk_error *e);
bool mki_directory_modules_read(struct mk_partition *p, struct mk_error *e);

/* Fills p->by_name, once all modules are there; the first module of that name, or NULL. */
bool mki_modules_sort(struct mk_partition *p, struct mk_error *e);
struct mk_module *mki_module_named(const struct mk_partition *p, const uint8_t *name, size_t n);

/* A module more: bytes, all together, that the modules of p cover so far. COUNT where that is more
 * than can be true. */
bool mki_modules_cover(const struct mk_partition *p, const struct mk_module *m, uint64_t *covered,
                       struct mk_error *e);

/* The tree of a region with a layout table. False only where memory runs out: damage is listed in
 * f->problems. f->layout is read. */
bool mki_ifwi_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e);

/* The tree of a region whose one table is $FPT. */
bool mki_flat_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e);

/* The entries of f->fpt that have data become partitions; offsets count from f->fpt_base. There is
 * room for them. */
bool mki_fpt_partitions_read(struct mk_span region, struct mk_firmware *f, struct mk_error *e);

/* Names family, version, generation by the boot partition. */
bool mki_firmware_classify(struct mk_firmware *f, struct mk_error *e);

#endif
