/* SPDX-License-Identifier: MIT */
/* Runs the report tools in this process on bytes in memory and discards their output. */
#ifndef MEKIT_TESTS_REPORTS_H
#define MEKIT_TESTS_REPORTS_H

#include <mekit/base/span.h>

/* Discards both streams; call it once. The test itself prints to the returned stream. */
void *reports_silence(void);

/* NULL, or the fault: an exit status that the contract does not allow. */
const char *reports_try(struct mk_span bytes);

#endif
