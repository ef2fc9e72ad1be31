/* SPDX-License-Identifier: MIT */
/* Private to lib/inspect: which file looks for which faults. Each function adds to the findings;
 * false: MEMORY. */
#ifndef MEKIT_INSPECT_PRIVATE_H
#define MEKIT_INSPECT_PRIVATE_H

#include <mekit/inspect/inspect.h>

/* read.c: bytes that are not a dump, or a dump whose whole read went wrong. image: NULL if mekit
 * recognised nothing. */
bool mki_read_inspect(struct mk_span bytes, const struct mk_image *image, struct mk_findings *f,
                      struct mk_error *e);
/* size.c: the file's size against its chips and regions. */
bool mki_size_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* lines.c: stuck lines of address and data, chips that repeat or are blank. */
bool mki_lines_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* region.c: blank regions (whole: BIOS and ME, else only the ME), regions that overlap. */
bool mki_regions_inspect(const struct mk_image *image, bool whole, struct mk_findings *f,
                         struct mk_error *e);
/* True if the BIOS region covers the whole flash, as on one board. */
bool mki_bios_is_everything(const struct mk_descriptor *d);
/* descriptor.c: impossible values, signed or second descriptors, write protection; it also calls
 * board.c. */
bool mki_descriptor_inspect(const struct mk_image *image, struct mk_findings *f,
                            struct mk_error *e);
/* A descriptor whose map leads nowhere, so that mekit recognised no image. */
bool mki_descriptor_inspect_unread(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* board.c: straps, servers, contradictions between descriptor and firmware. */
bool mki_board_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* table.c: partition tables, directories, page tables, as far as they show faults without a hash.
 */
bool mki_tables_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* chain.c: the faults that mk_verify found; proof.c: which boot code is proven. */
bool mki_chain_inspect(const struct mk_image *image, struct mk_inspection *i, struct mk_error *e);
bool mki_proof_inspect(const struct mk_image *image, struct mk_inspection *i, struct mk_error *e);
/* mfs.c: the ME's file systems and configurations. */
bool mki_mfs_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* host/boot_guard.c */
bool mki_boot_guard_inspect(const struct mk_image *image, struct mk_findings *f,
                            struct mk_error *e);
/* copies.c */
bool mki_copies_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);

#endif
