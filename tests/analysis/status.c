/* SPDX-License-Identifier: MIT */
/* Part of each tool in the build with sanitizers: what they find must not end with a status of the
 * contract, where 1 means a negative answer and is what many tests expect. */

#define OPTIONS "exitcode=99"

const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void) {
    return OPTIONS;
}

const char *__ubsan_default_options(void) {
    return OPTIONS;
}
