/* SPDX-License-Identifier: MIT */
/* A plan: the changes that an action wants, as data. Only mk_plan_apply writes an image.
 *
 * Every edit names bytes of the original image, no two edits overlap, and they are sorted by
 * offset: so their order does not matter, and old bytes are the image's own. Report, JSON, dry run,
 * undo record and self-check all come from here. A plan owns its memory: mk_plan_free.
 *
 * Its life, from an image that mk_image_recognise has recognised to bytes that may be flashed:
 *
 *   mk_inspect, mk_findings_allow   is the image good enough for this operation?
 *   mk_plan_start(&plan, image.bytes)
 *   mk_strip_plan, mk_unlock_plan ...   one action or several, or additions of your own
 *   mk_plan_close                   sorts and checks; now the edits can be shown
 *   mk_seal_take(&image, &seal)     before: what must survive
 *   mk_plan_apply(&plan, buffer, &output)   the buffer holds the image's own bytes
 *   mk_image_recognise(output), mk_seal_check(&seal, &after)   did it survive?
 *   mk_plan_free
 *
 * A step that was left out makes the next fail with SELFCHECK: an action wants a plan that was
 * started for the same bytes, mk_plan_apply one that was closed after its last addition,
 * mk_seal_check a seal that was taken. tests/consumer/edit.c is a whole program. */
#ifndef MEKIT_ACTION_PLAN_H
#define MEKIT_ACTION_PLAN_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>
#include <mekit/base/range.h>
#include <mekit/base/span.h>
#include <mekit/base/text.h>

MK_BEGIN_DECLS

enum mk_edit_kind {
    MK_EDIT_FILL,  /* length bytes of value fill */
    MK_EDIT_BYTES, /* length bytes at bytes */
    MK_EDIT_MOVE,  /* the original's length bytes at from; always from >= offset */
};

struct mk_edit {
    enum mk_edit_kind kind;
    uint64_t offset, length; /* in the file */
    uint8_t fill;
    const uint8_t *bytes;
    uint8_t *owned; /* the same, where the plan has a copy; NULL: the caller keeps them */
    uint64_t from;
    char why[72];
};

enum mk_remark_level {
    MK_REMARK_FACT,    /* what was done or found: shown with -v and without */
    MK_REMARK_DETAIL,  /* only with -v */
    MK_REMARK_WARNING, /* what the user should know before flashing */
};

struct mk_remark {
    enum mk_remark_level level;
    char *text; /* owned */
};

/* The stage of a plan. The values are unusual, so that an unstarted struct does not pass for a
 * plan. */
enum mk_plan_stage { MK_PLAN_OPEN = 0x4e45504f, MK_PLAN_CLOSED = 0x534f4c43 };

/* What an action has decided, as data for JSON and summaries. */
enum mk_decision_kind {
    MK_DECIDED_PARTITION, /* an entry of $FPT is kept or removed */
    MK_DECIDED_MODULE,    /* a module of partition is kept or removed */
    MK_DECIDED_WORD, /* a word of the descriptor, from before to after: equal if it was right */
    MK_DECIDED_MOVE, /* a partition's bytes, from file offset before to after */
    MK_DECIDED_SIGNATURE, /* of the output's boot partition: kept if it holds */
    MK_DECIDED_MINIMUM,   /* the output's ME region at offset can be reduced to length bytes */
};

struct mk_decision {
    enum mk_decision_kind kind;
    char name[MK_TEXT_ROOM(16)], partition[MK_TEXT_ROOM(4)]; /* masked; empty if there is none */
    bool kept;
    char why[72];
    uint64_t offset, length; /* in the file; length 0: no bytes in one piece */
    uint64_t before, after;
};

struct mk_plan {
    enum mk_plan_stage stage; /* 0 in a plan that was freed */
    struct mk_span image;
    struct mk_edit *edits;
    size_t n_edits, edit_capacity;
    struct mk_remark *remarks;
    size_t n_remarks, remark_capacity;
    struct mk_decision *decisions;
    size_t n_decisions, decision_capacity;
    uint64_t window_offset, window_length; /* the output is this part of the edited image */
    struct mk_error problem; /* the first addition that failed; mk_plan_close reports it */
};

void mk_plan_start(struct mk_plan *plan, struct mk_span image);
void mk_plan_free(struct mk_plan *plan); /* does nothing if it was not started */

/* True if the plan was started for these bytes. False: SELFCHECK. Every action asks first. */
bool mk_plan_suits(const struct mk_plan *plan, struct mk_span image, struct mk_error *e);

/* Additions. A failure (no memory, beyond the image) is kept in plan->problem, so an action need
 * not test each one. An edit that changes nothing is left out when the plan is closed. An addition
 * to a closed plan opens it again. */
void mk_plan_fill(struct mk_plan *plan, uint64_t offset, uint64_t length, uint8_t value,
                  const char *why, ...) __attribute__((format(printf, 5, 6)));
void mk_plan_bytes(struct mk_plan *plan, uint64_t offset, const void *bytes, size_t n,
                   const char *why, ...) __attribute__((format(printf, 5, 6)));
/* Makes no copy: the memory behind bytes must outlive the plan. */
void mk_plan_span(struct mk_plan *plan, uint64_t offset, struct mk_span bytes, const char *why, ...)
    __attribute__((format(printf, 4, 5)));
void mk_plan_uint(struct mk_plan *plan, uint64_t offset, unsigned width, uint64_t value,
                  const char *why, ...) __attribute__((format(printf, 5, 6)));
void mk_plan_move(struct mk_plan *plan, uint64_t to, uint64_t from, uint64_t length,
                  const char *why, ...) __attribute__((format(printf, 5, 6)));
void mk_plan_window(struct mk_plan *plan, uint64_t offset, uint64_t length);

/* The caller masks names of the image in text. */
void mk_plan_remark(struct mk_plan *plan, enum mk_remark_level level, const char *text, ...)
    __attribute__((format(printf, 3, 4)));

/* Keeps a copy. */
void mk_plan_decide(struct mk_plan *plan, const struct mk_decision *decision);

/* Removes done from set, fills [base + r.start, base + r.end) for every range r that is left, and
 * adds these ranges to done, so that each byte keeps the first reason given for it. */
void mk_plan_fill_ranges(struct mk_plan *plan, uint64_t base, struct mk_ranges *set,
                         struct mk_ranges *done, uint8_t value, const char *why, ...)
    __attribute__((format(printf, 6, 7)));

/* False, with problem's error, if an addition has failed: for remarks that were added after
 * mk_plan_close. */
bool mk_plan_is_whole(const struct mk_plan *plan, struct mk_error *e);

/* Sorts edits, drops those that change nothing, and checks that edits are disjoint and inside the
 * image and that moves go downwards. False: problem's error, or SELFCHECK for an impossible edit.
 */
bool mk_plan_close(struct mk_plan *plan, struct mk_error *e);

/* True if the output differs from the image (a closed plan). */
bool mk_plan_changes(const struct mk_plan *plan);

/* Applies a closed plan in place: b holds the image's own bytes. *out: the output, a part of b. */
bool mk_plan_apply(const struct mk_plan *plan, struct mk_buffer b, struct mk_span *out,
                   struct mk_error *e);

MK_END_DECLS

#endif
