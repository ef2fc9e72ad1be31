/* Private to lib/action: the bound on what one run may hash and unpack (MK_LIMIT_WORK). */
#ifndef MEKIT_ACTION_WORK_H
#define MEKIT_ACTION_WORK_H

#include <mekit/base/error.h>

/* Takes n bytes off what is left, for what stands at this offset. COUNT where that is less: modules
 * that share bytes, or unpack to far more, ask for more than can be true. */
bool work_spend(uint64_t *left, uint64_t n, uint64_t at, struct mk_error *e);

#endif
