/* SPDX-License-Identifier: MIT */
/* The self-check: the parts that must survive an edit. */
#ifndef MEKIT_ACTION_SEAL_H
#define MEKIT_ACTION_SEAL_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/codec/digest.h>
#include <mekit/image/file_system.h>

MK_BEGIN_DECLS

/* A seal: the digest of everything in the boot partition that is needed to boot, wherever it lies,
 * and the file systems that are whole. */
enum mk_seal_stage { MK_SEAL_TAKEN = 0x4c414553 }; /* unusual, like mk_plan_stage */
struct mk_seal {
    enum mk_seal_stage stage;
    bool present; /* false: there is no boot partition that could be read (or it never was there) */
    bool may_vanish; /* generation 1 and ME 6 Ignition: the whole region may be removed */
    bool valid;      /* the signature held */
    bool checksum;   /* the $FPT checksum was right */
    bool table;      /* SpiBase led to the page table */
    struct mk_digest digest;
    uint8_t volumes[MK_LIMIT_FILE_SYSTEMS][4]; /* entries of file systems that were whole, */
    unsigned n_volumes;                        /* whether or not present */
};

bool mk_seal_take(const struct mk_image *image, struct mk_seal *seal, struct mk_error *e);

/* After: the seal still holds (or the whole region is erased), the signature is valid, the table's
 * checksum is right, the table of pages is where the hardware looks for it, and a file system that
 * was whole is whole or no longer listed. SELFCHECK says which check fails. */
bool mk_seal_check(const struct mk_seal *before, const struct mk_image *after, struct mk_error *e);

/* Checks the boot partition's signature in an output and adds a remark that says whether it holds;
 * no remark if there is no boot partition. False: MEMORY. */
bool mk_signature_remark(const struct mk_image *output, struct mk_plan *plan, struct mk_error *e);

MK_END_DECLS

#endif
