/* SPDX-License-Identifier: MIT */
#include "dump/shown.h"

#include <criterion/redirect.h>
#include <fault.h>
#include <report.h>

TestSuite(report, .init = cr_redirect_stderr, .fini = check_leaks);

/* False: it ran out of memory. */
static bool say(uint64_t fail_at, struct fault *fault) {
    struct mk_error e = {0};
    mk_fail(&e, MK_E_FIELD, MK_NOWHERE, "a damaged field");
    fault_begin(fail_at);
    bool said = report_say_error(&shown_tool, "forged", &e);
    *fault = fault_end();
    return said;
}

Test(report, is_whole_after_one_that_memory_was_short_for) {
    struct fault whole, now;
    unsigned lacking = 0;
    cr_assert(say(0, &whole) && whole.calls > 0);
    for (uint64_t k = 1; k <= whole.calls; k++) {
        lacking += !say(k, &now);
        cr_expect_eq(now.held, 0, "request %u: blocks are still held", (unsigned)k);
        cr_expect(say(0, &now), "after request %u failed", (unsigned)k);
    }
    cr_expect(lacking > 0);
}
