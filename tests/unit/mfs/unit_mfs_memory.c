#include "../forged.h"
#include "../starve.h"

#include <mekit/image/file_system.h>
#include <mekit/inspect/inspect.h>

TestSuite(mfs_memory, .fini = check_leaks);

static void see_mfs(struct sight *sight, const struct mk_mfs *mfs) {
    see_number(sight, mfs->state);
    see_number(sight, mfs->right);
    for (size_t i = 0; i < mfs->n_files; i++)
        see(sight, mfs->files[i].bytes.p, mfs->files[i].bytes.n);
}

static bool see_home(const struct mk_mfs *mfs, struct sight *sight, struct mk_error *e) {
    struct mk_configuration home;
    if (!mk_home_read(mfs, &home, e))
        return false;
    see_number(sight, home.n);
    mk_configuration_free(&home);
    return true;
}

static bool read_all(const void *subject, struct sight *sight, struct mk_error *e) {
    struct mk_file_systems systems;
    bool done = mk_file_systems_read(subject, &systems, e);
    for (size_t i = 0; done && i < systems.n; i++) {
        see_mfs(sight, &systems.list[i].mfs);
        done = see_home(&systems.list[i].mfs, sight, e);
    }
    mk_file_systems_free(&systems);
    return done;
}

static bool inspect(const void *subject, struct sight *sight, struct mk_error *e) {
    struct mk_inspection seen;
    bool done = mk_inspect(subject, MK_LOOK_CHAIN, NULL, 0, &seen, e);
    for (size_t i = 0; done && i < seen.findings.n; i++)
        see_text(sight, seen.findings.list[i].text);
    mk_inspection_free(&seen);
    return done;
}

Test(mfs_memory, runs_out_at_each_call) {
    static const char *const recipes[] = {"good-me11-used", "good-me11-deguarded",
                                          "good-csme14-mfs", "bad-mfs-data-chunk"};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct forged_image f = forged_open(recipes[i]);
        starve(read_all, "read", recipes[i], &f.image);
        starve(inspect, "inspect", recipes[i], &f.image);
        forged_close(&f);
    }
}
