/* SPDX-License-Identifier: MIT */
/* The chain is the same whoever runs the jobs, in any order. */
#include "book.h"
#include "forged.h"

#include <mekit/verify/verify.h>
#include <stdlib.h>

TestSuite(verify_runner, .init = open_book, .fini = close_book);

static size_t jobs_run;

static void run_backwards(const struct mk_runner *runner, void (*job)(void *of, size_t i), void *of,
                          size_t n) {
    (void)runner;
    jobs_run += n;
    while (n-- > 0)
        job(of, n);
}

/* Runs no job, as if each had run out of memory. */
static void run_none(const struct mk_runner *runner, void (*job)(void *of, size_t i), void *of,
                     size_t n) {
    (void)runner, (void)job, (void)of;
    jobs_run += n;
}

static void is_same_module(const char *recipe, const struct mk_module_link *a,
                           const struct mk_module_link *b) {
    cr_assert(a->module == b->module && a->result == b->result && a->means == b->means &&
                  a->unpacked == b->unpacked,
              "%s: module at 0x%llx", recipe, (unsigned long long)a->module->entry.at);
    cr_assert_str_eq(a->reason, b->reason, "%s", recipe);
}

static void compare(const char *recipe, struct mk_image *image, const struct mk_runner *runner) {
    struct mk_chain alone, shared;
    struct mk_error e = {0}, f = {0};
    image->runner = NULL;
    bool done = mk_verify(image, &book, 1, &alone, &e);
    image->runner = runner;
    cr_assert_eq(mk_verify(image, &book, 1, &shared, &f), done, "%s", recipe);
    cr_assert_eq(e.code, f.code, "%s", recipe);
    if (!done)
        return;
    cr_assert_eq(alone.verdict, shared.verdict, "%s", recipe);
    cr_assert_eq(alone.n_modules, shared.n_modules, "%s", recipe);
    for (size_t i = 0; i < alone.n_modules; i++)
        is_same_module(recipe, &alone.modules[i], &shared.modules[i]);
    cr_assert_eq(alone.problems.n, shared.problems.n, "%s", recipe);
    cr_assert_eq(alone.coverage.hashed, shared.coverage.hashed, "%s", recipe);
    mk_chain_free(&alone);
    mk_chain_free(&shared);
}

static void compare_all(const struct mk_runner *runner) {
    jobs_run = 0;
    for (size_t i = 0; i < forge_count(); i++) {
        const char *recipe = forge_recipe(i)->name;
        struct mk_buffer b = forged(recipe);
        struct mk_image image;
        if (mk_image_recognise(mk_buffer_span(b), NULL, &image, NULL)) {
            compare(recipe, &image, runner);
            mk_image_free(&image);
        }
        free(b.p);
    }
    cr_assert_gt(jobs_run, 20);
}

Test(verify_runner, backwards) {
    const struct mk_runner runner = {.run = run_backwards};
    compare_all(&runner);
}

Test(verify_runner, modules_that_no_thread_did_are_done_again) {
    const struct mk_runner runner = {.run = run_none};
    compare_all(&runner);
}

Test(verify_runner, boot_only_skips_modules_not_needed_to_boot) {
    const struct mk_runner runner = {.run = run_backwards};
    struct forged_image f = forged_open("good-full-me8");
    struct mk_chain chain;
    f.image.runner = &runner;
    jobs_run = 0;
    cr_assert(mk_verify(&f.image, NULL, 0, &chain, NULL));
    mk_chain_free(&chain);
    size_t all = jobs_run;
    jobs_run = 0;
    cr_assert(mk_verify_boot(&f.image, NULL, 0, &chain, NULL));
    mk_chain_free(&chain);
    cr_assert_lt(jobs_run, all);
    forged_close(&f);
}
