/* SPDX-License-Identifier: MIT */
/* Removes everything that is not needed to boot: partitions and modules become FF, the table
 * shrinks.
 *
 * The bytes are those of me_cleaner 1.2 wherever those are right (DIFFERENCES.md lists the rest).
 */
#ifndef MEKIT_ACTION_STRIP_H
#define MEKIT_ACTION_STRIP_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* Partition names of -w or -b: comma-separated, each at most 4 characters, \xNN for binary ones. */
struct mk_name_list {
    const char *text; /* NULL: not given */
};
/* False, with USAGE, for an impossible name. */
bool mk_name_list_check(struct mk_name_list list, struct mk_error *e);
bool mk_name_list_has(struct mk_name_list list, const uint8_t name[4]);

struct mk_strip_options {
    bool soft_disable;        /* -S: set the strap too */
    bool soft_disable_only;   /* -s: set only the strap */
    bool clear_soft_disable;  /* only clear the strap */
    bool descriptor;          /* -d: the ME may reach no other region */
    bool keep_modules;        /* -k */
    bool wipe_shared;         /* also wipe pages that several table entries share */
    bool like_me_cleaner;     /* also wipe bytes that a removed partition shares with a kept one */
    bool force;               /* strip SPS too */
    struct mk_name_list keep; /* -w */
    struct mk_name_list remove; /* -b: everything else is kept */
};

/* Refuses options that contradict each other or the image: USAGE, NO_DESCRIPTOR; NAME for a name of
 * -w or -b that is neither in this image nor a known partition, with the likely name and those of
 * this image. Call it once, before the plan: after -b, a name that only this image has is gone. */
bool mk_strip_check_options(const struct mk_image *image, const struct mk_strip_options *options,
                            struct mk_error *e);

/* Checks the signature of the boot partition before anything else: SIGNATURE. SPS; NO_OPERATION for
 * CSME 12+, TXE 3+, and a generation 1 region without descriptor; ERASED; TRUNCATED; USAGE. */
bool mk_strip_plan(const struct mk_image *image, const struct mk_strip_options *options,
                   struct mk_plan *plan, struct mk_error *e);

MK_END_DECLS

#endif
