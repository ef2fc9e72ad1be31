/* A plan: what an action wants to change, as data. Nobody writes an image but mk_plan_apply.
 *
 * Every edit names bytes of the original image, no two edits overlap, and they are sorted by
 * offset: so their order does not matter, and old bytes are the image's own. Report, JSON, dry run,
 * undo record and self-check all come from here. A plan owns its memory: mk_plan_free. */
#ifndef MEKIT_ACTION_PLAN_H
#define MEKIT_ACTION_PLAN_H

#include <mekit/base/error.h>
#include <mekit/base/range.h>
#include <mekit/base/span.h>

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
    MK_REMARK_FACT,    /* what was done or found, in -v as well as by default */
    MK_REMARK_DETAIL,  /* only with -v */
    MK_REMARK_WARNING, /* what the user should know before flashing */
};

struct mk_remark {
    enum mk_remark_level level;
    char *text; /* owned */
};

struct mk_plan {
    struct mk_span image;
    struct mk_edit *edits;
    size_t n_edits, edit_capacity;
    struct mk_remark *remarks;
    size_t n_remarks, remark_capacity;
    uint64_t window_offset, window_length; /* the output is this part of the edited image */
    struct mk_error problem; /* the first addition that failed; mk_plan_close reports it */
};

void mk_plan_start(struct mk_plan *plan, struct mk_span image);
void mk_plan_free(struct mk_plan *plan);

/* Additions. A failure (no memory, beyond the image) is kept in plan->problem, so that an action
 * need not test each. An edit that changes nothing is left out when the plan is closed. */
void mk_plan_fill(struct mk_plan *plan, uint64_t offset, uint64_t length, uint8_t value,
                  const char *why, ...) __attribute__((format(printf, 5, 6)));
void mk_plan_bytes(struct mk_plan *plan, uint64_t offset, const void *bytes, size_t n,
                   const char *why, ...) __attribute__((format(printf, 5, 6)));
/* Without a copy: what bytes is cut from must outlive the plan. */
void mk_plan_span(struct mk_plan *plan, uint64_t offset, struct mk_span bytes, const char *why, ...)
    __attribute__((format(printf, 4, 5)));
void mk_plan_uint(struct mk_plan *plan, uint64_t offset, unsigned width, uint64_t value,
                  const char *why, ...) __attribute__((format(printf, 5, 6)));
void mk_plan_move(struct mk_plan *plan, uint64_t to, uint64_t from, uint64_t length,
                  const char *why, ...) __attribute__((format(printf, 5, 6)));
void mk_plan_window(struct mk_plan *plan, uint64_t offset, uint64_t length);

/* text is masked ASCII already where it holds names of the image. */
void mk_plan_remark(struct mk_plan *plan, enum mk_remark_level level, const char *text, ...)
    __attribute__((format(printf, 3, 4)));

/* Fills [base + r.start, base + r.end) for every range of set but what the plan fills already, and
 * takes note of it: so that the first reason given for a byte stays. */
void mk_plan_fill_ranges(struct mk_plan *plan, uint64_t base, struct mk_ranges *set,
                         struct mk_ranges *done, uint8_t value, const char *why, ...)
    __attribute__((format(printf, 6, 7)));

/* False, with problem's error, if an addition has failed: for remarks on a plan that was closed
 * before.
 */
bool mk_plan_is_whole(const struct mk_plan *plan, struct mk_error *e);

/* Sorts, leaves out what changes nothing, and checks: edits disjoint and inside the image, moves
 * downwards. False: problem's error, or SELFCHECK for an edit that can't be. */
bool mk_plan_close(struct mk_plan *plan, struct mk_error *e);

/* True if the output differs from the image (a closed plan). */
bool mk_plan_changes(const struct mk_plan *plan);

/* Carries a closed plan out, in place: b holds the image's own bytes. *out: the output, a part of
 * b. */
bool mk_plan_apply(const struct mk_plan *plan, struct mk_buffer b, struct mk_span *out,
                   struct mk_error *e);

#endif
