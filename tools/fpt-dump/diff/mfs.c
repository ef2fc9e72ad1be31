/* SPDX-License-Identifier: MIT */
#include "../mfs/mfs.h"
#include "../dump.h"
#include "diff.h"

#include <mekit/base/text.h>
#include <string.h>

static void name_place(char place[64], const struct mk_file_system *s) {
    char name[MK_TEXT_ROOM(4)];
    snprintf(place, 64, "file system %s",
             mk_text_mask(name, sizeof name, s->partition, sizeof s->partition));
}

static void compare_files(struct diff *d, const char *place, const struct mk_mfs *a,
                          const struct mk_mfs *b) {
    char what[24];
    for (unsigned number = 0; number < MK_LIMIT_MFS_FILES; number++) {
        const struct mk_mfs_file *x = mk_mfs_file_find(a, number);
        const struct mk_mfs_file *y = mk_mfs_file_find(b, number);
        snprintf(what, sizeof what, "file %u", number);
        if (!x != !y)
            diff_text(d, place, what, x ? "present" : NULL, y ? "present" : NULL);
        else if (x && !mk_span_equal(x->bytes, y->bytes))
            diff_note(d, place, what);
    }
}

static bool compare_settings(struct diff *d, const struct mfs_contents *a,
                             const struct mfs_contents *b, const struct mk_mfs *x,
                             const struct mk_mfs *y) {
    static const unsigned numbers[] = {MK_MFS_FILE_INTEL, MK_MFS_FILE_OEM, MK_MFS_FILE_HOME};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const struct mfs_source *s = mfs_source_find(a, x, numbers[i]);
        const struct mfs_source *t = mfs_source_find(b, y, numbers[i]);
        if (s && t && !mfs_compare(d, s->place, s, t, false, &d->problem))
            return false;
    }
    return true;
}

static bool compare_volume(struct diff *d, const struct mfs_contents *a,
                           const struct mfs_contents *b, const struct mk_file_system *s,
                           const struct mk_file_system *t) {
    const struct mk_mfs *x = &s->mfs, *y = &t->mfs;
    char place[64];
    name_place(place, s);
    if (mk_span_equal(s->bytes, t->bytes))
        return true;
    if (x->state != y->state)
        diff_text(d, place, "state", mk_mfs_state_name(x->state), mk_mfs_state_name(y->state));
    if (x->in_use != y->in_use)
        diff_text(d, place, "use", x->in_use ? "in use" : "as made",
                  y->in_use ? "in use" : "as made");
    compare_files(d, place, x, y);
    return compare_settings(d, a, b, x, y);
}

static bool compare_volumes(struct diff *d, const struct mfs_contents *a,
                            const struct mfs_contents *b) {
    for (size_t i = 0; i < a->systems.n; i++)
        for (size_t k = 0; k < b->systems.n; k++) {
            const struct mk_file_system *s = &a->systems.list[i], *t = &b->systems.list[k];
            if (memcmp(s->partition, t->partition, sizeof s->partition) == 0 &&
                !compare_volume(d, a, b, s, t))
                return false;
        }
    return true;
}

static bool compare_fitc(struct diff *d, const struct mfs_contents *a,
                         const struct mfs_contents *b) {
    const struct mfs_source *s = mfs_source_find(a, NULL, 0), *t = mfs_source_find(b, NULL, 0);
    return !s || !t || mfs_compare(d, s->place, s, t, false, &d->problem);
}

void diff_file_systems(struct diff *d, const json_t *names) {
    struct mfs_contents a, b = {.n = 0};
    if (mfs_contents_read(d->a, names, &a, &d->problem) &&
        mfs_contents_read(d->b, names, &b, &d->problem) && compare_volumes(d, &a, &b))
        compare_fitc(d, &a, &b);
    mfs_contents_free(&a);
    mfs_contents_free(&b);
}
