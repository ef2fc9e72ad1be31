/* SPDX-License-Identifier: MIT */
/* Removes what is not needed to boot: partitions and modules become FF, the table shrinks.
 *
 * Bytes are me_cleaner 1.2's wherever those are right (README has the differences). */
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
/* False, with USAGE, for a name that can't be. */
bool mk_name_list_check(struct mk_name_list list, struct mk_error *e);
bool mk_name_list_has(struct mk_name_list list, const uint8_t name[4]);

struct mk_strip_options {
    bool soft_disable;          /* -S: and the strap */
    bool soft_disable_only;     /* -s: the strap alone */
    bool clear_soft_disable;    /* the reverse, alone */
    bool descriptor;            /* -d: the ME may reach no other region */
    bool keep_modules;          /* -k */
    bool wipe_shared;           /* also pages that several table entries share */
    bool like_me_cleaner;       /* what a removed partition shares with a kept one goes too */
    bool force;                 /* SPS too */
    struct mk_name_list keep;   /* -w */
    struct mk_name_list remove; /* -b: everything else is kept */
};

/* Options that contradict each other or the image: USAGE, NO_DESCRIPTOR; NAME for a name of -w or
 * -b that is no partition's, neither of this image nor known, with the one that was meant and those
 * that are there. Once, before the plan: after -b a name of this image alone is gone. */
bool mk_strip_check_options(const struct mk_image *image, const struct mk_strip_options *options,
                            struct mk_error *e);

/* The signature of the boot partition is checked before anything else: SIGNATURE. SPS; NO_OPERATION
 * for CSME 12+, TXE 3+, and a generation 1 region without descriptor; ERASED; TRUNCATED; USAGE. */
bool mk_strip_plan(const struct mk_image *image, const struct mk_strip_options *options,
                   struct mk_plan *plan, struct mk_error *e);

MK_END_DECLS

#endif
