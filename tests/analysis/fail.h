/* SPDX-License-Identifier: MIT */
/* Put before every source but error.c: the analyzers do not look into other files, and without this
 * they follow paths on which mk_fail says that all is well. */
#ifndef MEKIT_TESTS_FAIL_H
#define MEKIT_TESTS_FAIL_H

/* Some sources begin with it, and would come too late after this. */
#define _GNU_SOURCE
#include <mekit/base/error.h>

#define mk_fail(...)       (mk_fail(__VA_ARGS__), false)
#define mk_fail_limit(...) (mk_fail_limit(__VA_ARGS__), false)
#define mk_fail_memory(e)  (mk_fail_memory(e), false)

#endif
