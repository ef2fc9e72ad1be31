/* SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "mfs_mend.h"

#include <mekit/format/mfs/configuration.h>
#include <mekit/format/mfs/home.h>
#include <mekit/format/mfs/mfs.h>
#include <stdlib.h>
#include <string.h>

#define SEEDS_AT 0x1000u /* offset of a volume in a forged region */
#define ENOUGH   (8u * MK_MFS_PAGE_SIZE)

static void look_at_settings(const struct mk_configuration *c, struct mk_span all) {
    char path[MK_SETTING_PATH_ROOM];
    for (size_t i = 0; i < c->n; i++) {
        const struct mk_setting *s = &c->list[i];
        fuzz_expect(s->parent == MK_NO_PARENT || s->parent < i, "a directory stands before it");
        fuzz_expect(s->data.n <= all.n, "data lie inside");
        fuzz_expect(strlen(mk_setting_path(c, i, path, sizeof path)) < sizeof path, "a path fits");
    }
}

static void try_configuration(struct mk_span bytes) {
    struct mk_configuration c;
    struct mk_fitc fitc;
    if (mk_configuration_read(bytes, &c, NULL)) {
        look_at_settings(&c, bytes);
        mk_configuration_free(&c);
    }
    if (mk_fitc_read(bytes, &fitc))
        fuzz_expect(fitc.data.n <= bytes.n, "the contents of FITC lie inside");
}

static void try_volume(struct mk_span bytes) {
    struct mk_mfs mfs;
    struct mk_configuration home;
    size_t total = 0;
    if (!mk_mfs_read(bytes, &mfs, NULL))
        return;
    for (size_t i = 0; i < mfs.n_files; i++) {
        total += mfs.files[i].bytes.n;
        try_configuration(mfs.files[i].bytes);
    }
    fuzz_expect(total <= bytes.n, "the files are no more than the volume");
    fuzz_expect((mfs.state == MK_MFS_DAMAGED) == (mfs.problem.code != MK_OK), "damage is told");
    if (mk_home_read(&mfs, &home, NULL)) {
        look_at_settings(&home, bytes);
        mk_configuration_free(&home);
    }
    mk_mfs_free(&mfs);
}

/* Tries the volume as it is, and with all sums corrected. */
static void try_both(struct mk_span bytes) {
    uint8_t *copy = malloc(bytes.n + 1);
    try_volume(bytes);
    if (!copy || !mk_span_copy(bytes, 0, copy, bytes.n))
        abort();
    mfs_mend((struct mk_buffer){copy, bytes.n});
    try_volume(mk_span_of(copy, bytes.n));
    free(copy);
}

/* Tries the input as a volume and as a configuration, and the volume of a forged region. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_span s = mk_span_of(bytes, n);
    try_configuration(s);
    try_both(mk_span_clip(s, 0, ENOUGH));
    if (n > SEEDS_AT)
        try_both(mk_span_clip(s, SEEDS_AT, ENOUGH));
    return 0;
}
