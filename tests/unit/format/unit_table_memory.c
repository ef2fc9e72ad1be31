/* SPDX-License-Identifier: MIT */
/* The tables that need memory: LLUT and $CPD. */
#include "fail_each.h"
#include "forged.h"

#include <mekit/format/cpd.h>
#include <mekit/format/llut.h>

TestSuite(table_memory, .fini = check_leaks);

static bool read_llut(const void *subject, struct outcome *outcome, struct mk_error *e) {
    struct mk_llut llut;
    bool read = mk_llut_read(*(const struct mk_span *)subject, &llut, e);
    cr_assert(read || (!llut.chunks && llut.n == 0), "nothing is left of a failed read");
    for (size_t i = 0; i < llut.n; i++)
        outcome_number(outcome, llut.chunks[i].start);
    mk_llut_free(&llut);
    return read;
}

static bool read_cpd(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct mk_span *s = subject;
    struct mk_cpd cpd = {0};
    bool read = mk_cpd_read(*s, s->n, &cpd, e);
    cr_assert(read || (!cpd.entries && cpd.n == 0), "nothing is left of a failed read");
    for (size_t i = 0; i < cpd.n; i++)
        outcome_bytes(outcome, cpd.entries[i].name, sizeof cpd.entries[i].name);
    mk_cpd_free(&cpd);
    return read;
}

Test(table_memory, runs_out_while_a_llut_is_read) {
    struct forged_image f = forged_open("good-me8");
    const struct mk_partition *ftpr = mk_partition_find(&f.image.firmware, "FTPR");
    struct mk_span table =
        mk_span_clip(ftpr->bytes, ftpr->llut.bytes.at - ftpr->bytes.at, ftpr->bytes.n);
    cr_assert(mk_span_has(table, 0, "LLUT", 4));
    cr_assert_geq(fail_each(read_llut, "read", "good-me8", &table), 2);
    forged_close(&f);
}

/* A good directory, and one with an entry that ends beyond its partition. */
Test(table_memory, runs_out_while_a_directory_is_read) {
    static const char *const recipes[] = {"good-me11", "bad-cpd-length"};
    for (size_t i = 0; i < 2; i++) {
        struct mk_buffer b = forged(recipes[i]);
        struct mk_span directory = mk_span_clip(mk_buffer_span(b), 0x1000, 0x7000);
        cr_assert(mk_span_has(directory, 0, "$CPD", 4));
        cr_assert_geq(fail_each(read_cpd, "read", recipes[i], &directory), 2);
        free(b.p);
    }
}
