/* SPDX-License-Identifier: MIT */
/* Private to lib/inspect: who looks for what. Each adds to the findings; false: MEMORY. */
#ifndef MEKIT_INSPECT_PRIVATE_H
#define MEKIT_INSPECT_PRIVATE_H

#include <mekit/inspect/inspect.h>

/* read.c: bytes that are no dump, or one that went wrong as a whole. image: NULL where nothing was
 * recognised. */
bool mki_read_inspect(struct mk_span bytes, const struct mk_image *image, struct mk_findings *f,
                      struct mk_error *e);
/* size.c: the file against its chips and regions. */
bool mki_size_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* lines.c: stuck lines of address and data, chips that repeat or are blank. */
bool mki_lines_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* region.c: blank regions (whole: all of them, else the ME alone), regions that overlap. */
bool mki_regions_inspect(const struct mk_image *image, bool whole, struct mk_findings *f,
                         struct mk_error *e);
/* descriptor.c: what no descriptor holds, signed, copied, protected; and board.c. */
bool mki_descriptor_inspect(const struct mk_image *image, struct mk_findings *f,
                            struct mk_error *e);
/* One whose map leads nowhere, so that no image was recognised. */
bool mki_descriptor_inspect_unread(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* board.c: straps, servers, what does not go together. */
bool mki_board_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* table.c: partition tables, directories, page tables: what needs no hash. */
bool mki_tables_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* chain.c: what mk_verify saw; proof.c: which boot code is proven. */
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
