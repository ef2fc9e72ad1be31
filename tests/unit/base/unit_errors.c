/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/error.h>
#include <mekit/base/limit.h>
#include <string.h>

TestSuite(errors, .fini = check_leaks);

Test(errors, a_list_keeps_the_first) {
    struct mk_errors errors = {0};
    struct mk_error one, e = {0};
    for (unsigned i = 0; i < MK_LIMIT_ERRORS + 10; i++) {
        mk_fail_limit(&one, MK_E_RANGE, i, i, 2 * i, "a range");
        cr_assert(mk_errors_add(&errors, &one, &e));
        cr_assert_eq(errors.n, i < MK_LIMIT_ERRORS ? i + 1 : MK_LIMIT_ERRORS);
    }
    for (unsigned i = 0; i < MK_LIMIT_ERRORS; i++) {
        const struct mk_error *kept = &errors.list[i];
        cr_assert(kept->code == MK_E_RANGE && kept->offset == i);
        cr_assert(kept->got == i && kept->limit == 2 * i);
    }
    cr_assert_eq(e.code, MK_OK);
    mk_errors_free(&errors);
    cr_assert(errors.n == 0 && !errors.list);
    mk_errors_free(&errors);
}

Test(errors, every_code_has_its_name_and_sentence) {
    for (int code = MK_OK; code < MK_CODE_COUNT; code++) {
        char text[400];
        struct mk_error e;
        cr_assert(mk_code_name((enum mk_code)code)[0] && mk_code_sentence((enum mk_code)code)[0]);
        cr_assert_not(mk_fail(&e, (enum mk_code)code, 0x30, "in %s", "FTPR"));
        mk_error_text(&e, text, sizeof text);
        cr_assert_eq(strncmp(text, "offset 0x30: in FTPR.", 21), 0, "%s", text);
    }
    cr_assert_eq(mk_code_exit(MK_E_STREAM), MK_EXIT_UNRECOGNISED);
    cr_assert_eq(mk_code_exit(MK_E_CODEBOOK), MK_EXIT_UNSUPPORTED);
    cr_assert_eq(mk_code_exit(MK_E_CHECKSUM), MK_EXIT_UNRECOGNISED);
}
