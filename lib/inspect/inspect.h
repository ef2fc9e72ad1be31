/* Private to lib/inspect: who looks for what. Each adds to the findings; false: MEMORY. */
#ifndef MEKIT_INSPECT_PRIVATE_H
#define MEKIT_INSPECT_PRIVATE_H

#include <mekit/inspect/inspect.h>

/* read.c: bytes that are no dump, or one that went wrong as a whole. image: NULL where nothing was
 * recognised. */
bool read_inspect(struct mk_span bytes, const struct mk_image *image, struct mk_findings *f,
                  struct mk_error *e);
/* size.c: the file against its chips and regions. */
bool size_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* lines.c: stuck lines of address and data, chips that repeat or are blank. */
bool lines_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* region.c: blank regions (whole: all of them, else the ME alone), regions that overlap. */
bool regions_inspect(const struct mk_image *image, bool whole, struct mk_findings *f,
                     struct mk_error *e);
/* descriptor.c: what no descriptor holds, signed, copied, protected; and board.c. */
bool descriptor_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* One whose map leads nowhere, so that no image was recognised. */
bool descriptor_inspect_unread(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* board.c: straps, servers, what does not go together. */
bool board_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* table.c: partition tables, directories, page tables: what needs no hash. */
bool tables_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* chain.c: what mk_verify saw; proof.c: which boot code is proven. */
bool chain_inspect(const struct mk_image *image, struct mk_inspection *i, struct mk_error *e);
bool proof_inspect(const struct mk_image *image, struct mk_inspection *i, struct mk_error *e);
/* mfs.c: the ME's file systems and configurations. */
bool mfs_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* host/boot_guard.c */
bool boot_guard_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);
/* copies.c */
bool copies_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e);

#endif
