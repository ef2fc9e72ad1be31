/* SPDX-License-Identifier: MIT */
/* What was done to an image, as far as it shows. */
#ifndef MEKIT_INSPECT_STATE_H
#define MEKIT_INSPECT_STATE_H

#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* Partitions with data that every stock image of this version has and this one has not: its table
 * does not list them, or all their bytes are FF though stock images hold some. Known for ME 5 to
 * 11, from 392 stock tables; of other firmware nothing is missing. */
#define MK_MISSING_MAX 12
struct mk_missing {
    char names[MK_MISSING_MAX][5];
    unsigned n;
};
void mk_missing_find(const struct mk_image *image, struct mk_missing *missing);

/* What was done to an image: any of these may hold. */
struct mk_state {
    bool known; /* there is firmware that could be looked at: without the rest it is stock */
    bool stripped, relocated, truncated, soft_disabled, locked, erased, disabled;
    struct mk_missing missing;
};

bool mk_state_read(const struct mk_image *image, struct mk_state *state, struct mk_error *e);
/* The next name that holds from *i on ("stripped", ...), or NULL. */
const char *mk_state_name(const struct mk_state *state, size_t *i);

MK_END_DECLS

#endif
