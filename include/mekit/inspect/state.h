/* SPDX-License-Identifier: MIT */
/* Which changes somebody made to an image, as far as it shows them. */
#ifndef MEKIT_INSPECT_STATE_H
#define MEKIT_INSPECT_STATE_H

#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

/* Partitions with data that every stock image of this version has but this one lacks: its table
 * does not list them, or all their bytes are FF although stock images have data there. Known for ME
 * 5 to 11, from 392 stock tables; for other firmware the list is empty. */
#define MK_MISSING_MAX 12
struct mk_missing {
    char names[MK_MISSING_MAX][5];
    unsigned n;
};
void mk_missing_find(const struct mk_image *image, struct mk_missing *missing);

/* The changes to an image: any number of them may hold. */
struct mk_state {
    bool known; /* the firmware could be examined: if no other flag holds, it is stock */
    bool stripped, relocated, truncated, soft_disabled, locked, erased, disabled;
    struct mk_missing missing;
};

bool mk_state_read(const struct mk_image *image, struct mk_state *state, struct mk_error *e);
/* The name of the next state from *i on that holds ("stripped", ...), or NULL. */
const char *mk_state_name(const struct mk_state *state, size_t *i);

MK_END_DECLS

#endif
