/* SPDX-License-Identifier: MIT */
#include "../fail_each.h"
#include "../forged.h"

#include <mekit/image/file_system.h>
#include <mekit/inspect/inspect.h>

TestSuite(mfs_memory, .fini = check_leaks);

static void outcome_mfs(struct outcome *outcome, const struct mk_mfs *mfs) {
    outcome_number(outcome, mfs->state);
    outcome_number(outcome, mfs->right);
    for (size_t i = 0; i < mfs->n_files; i++)
        outcome_bytes(outcome, mfs->files[i].bytes.p, mfs->files[i].bytes.n);
}

static bool outcome_home(const struct mk_mfs *mfs, struct outcome *outcome, struct mk_error *e) {
    struct mk_configuration home;
    if (!mk_home_read(mfs, &home, e))
        return false;
    outcome_number(outcome, home.n);
    mk_configuration_free(&home);
    return true;
}

static bool read_all(const void *subject, struct outcome *outcome, struct mk_error *e) {
    struct mk_file_systems systems;
    bool done = mk_file_systems_read(subject, &systems, e);
    for (size_t i = 0; done && i < systems.n; i++) {
        outcome_mfs(outcome, &systems.list[i].mfs);
        done = outcome_home(&systems.list[i].mfs, outcome, e);
    }
    mk_file_systems_free(&systems);
    return done;
}

static bool inspect(const void *subject, struct outcome *outcome, struct mk_error *e) {
    struct mk_inspection seen;
    bool done = mk_inspect(subject, MK_LOOK_CHAIN, NULL, 0, &seen, e);
    for (size_t i = 0; done && i < seen.findings.n; i++)
        outcome_text(outcome, seen.findings.list[i].text);
    mk_inspection_free(&seen);
    return done;
}

Test(mfs_memory, runs_out_at_each_call) {
    static const char *const recipes[] = {"good-me11-used", "good-me11-deguarded",
                                          "good-csme14-mfs", "bad-mfs-data-chunk"};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct forged_image f = forged_open(recipes[i]);
        fail_each(read_all, "read", recipes[i], &f.image);
        fail_each(inspect, "inspect", recipes[i], &f.image);
        forged_close(&f);
    }
}
