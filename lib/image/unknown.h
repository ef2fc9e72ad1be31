/* SPDX-License-Identifier: MIT */
/* Private to lib/image: says why a file is not an image, and what to give instead. */
#ifndef MEKIT_IMAGE_UNKNOWN_H
#define MEKIT_IMAGE_UNKNOWN_H

#include <mekit/base/error.h>
#include <mekit/base/span.h>

/* Always returns false. whole: the bytes are a whole file, not its ME region. */
bool mki_unknown_explain(struct mk_span s, bool whole, struct mk_error *e);

#endif
