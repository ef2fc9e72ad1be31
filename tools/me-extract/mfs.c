/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "report.h"

#include <mekit/image/file_system.h>

static bool add_files(struct take_files *files, const struct mk_mfs *volume, struct mk_error *e) {
    char name[16];
    for (size_t i = 0; i < volume->n_files; i++) {
        snprintf(name, sizeof name, "%02u.bin", volume->files[i].number);
        if (!take_files_add(files, name, volume->files[i].bytes, e))
            return false;
    }
    return true;
}

/* Take nothing from a damaged volume: a missing file would look as if it had never existed. */
static bool check(const struct mk_file_system *s, const struct mk_image *image,
                  struct mk_error *e) {
    if (!s)
        return image->firmware.fpt.n == 0 && !mk_image_has_firmware(image, e)
                   ? false
                   : mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "there is no file system with files");
    if (s->mfs.state == MK_MFS_WHOLE)
        return true;
    *e = s->mfs.problem;
    return false;
}

static bool write_files(const struct tool_run *run, const struct mk_image *image,
                        struct mk_error *e) {
    const struct take_options *o = run->options;
    struct mk_file_systems systems;
    struct take_files files;
    bool done = mk_file_systems_read(image, &systems, e);
    const struct mk_file_system *s = done ? mk_file_system_live(&systems) : NULL;
    if (done && check(s, image, e)) {
        done = take_files_start(&files, run, image, o->mfs, e) && add_files(&files, &s->mfs, e);
        done = take_files_end(&files, done, e);
    } else
        done = false;
    mk_file_systems_free(&systems);
    return done;
}

int take_mfs(struct tool_run *run, const struct mk_image *image, const struct mk_findings *seen) {
    struct mk_error e = {0};
    if (write_files(run, image, &e))
        return MK_EXIT_DONE;
    return report_failure(run, &run->inputs[0], seen, &e);
}
