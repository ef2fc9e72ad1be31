/* SPDX-License-Identifier: MIT */
/* Criterion's children end without a leak report. A suite with this as its .fini fails if it leaks.
 */
#ifndef MEKIT_TESTS_LEAK_H
#define MEKIT_TESTS_LEAK_H

#include <criterion/criterion.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
static inline void check_leaks(void) {
    cr_assert_eq(__lsan_do_recoverable_leak_check(), 0, "memory leaked");
}
#else
static inline void check_leaks(void) {
}
#endif

#endif
