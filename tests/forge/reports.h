/* SPDX-License-Identifier: MIT */
/* The report tools, run in this process on bytes in memory; what they say is thrown away. */
#ifndef MEKIT_TESTS_REPORTS_H
#define MEKIT_TESTS_REPORTS_H

#include <mekit/base/span.h>

/* Sends both streams to nowhere; call it once. What the test itself says goes to the stream that it
 * returns. */
void *reports_silence(void);

/* NULL, or what was wrong: an exit status that is none of the contract. */
const char *reports_try(struct mk_span bytes);

#endif
