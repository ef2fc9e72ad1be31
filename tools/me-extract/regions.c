/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "report.h"

#include <inttypes.h>

/* The name comes from our table, never from the image. */
static bool add_region(struct take_files *files, const struct mk_image *image, unsigned i,
                       struct mk_error *e) {
    struct mk_span part;
    char name[64];
    snprintf(name, sizeof name, "flashregion_%u_%s.bin", i, mk_region_file(i));
    return mk_image_region(image, i, &part) && take_files_add(files, name, part, e);
}

static bool is_whole(const struct mk_image *image, unsigned i) {
    return image->descriptor.regions[i].end <= image->bytes.n;
}

/* The first of two chips is complete without regions on the other; any other file that ends early
 * was cut off. */
static bool check_regions(const struct mk_image *image, struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    bool first_chip = d->chips == 2 && image->bytes.n == d->chip_size[0];
    for (unsigned i = 0; i < d->n_regions; i++)
        if (!is_whole(image, i) && !first_chip)
            return mk_fail(e, MK_E_TRUNCATED, image->bytes.n,
                           "the region %s continues past the end of the file", mk_region_name(i));
    return true;
}

static bool add_regions(struct take_files *files, const struct mk_image *image,
                        struct mk_error *e) {
    for (unsigned i = 0; i < image->descriptor.n_regions; i++) {
        if (!image->descriptor.regions[i].used)
            continue;
        if (!is_whole(image, i))
            take_files_leave_out(files, mk_region_name(i), "it continues on the other chip");
        else if (!add_region(files, image, i, e))
            return false;
    }
    return true;
}

static bool write_regions(const struct tool_run *run, const struct mk_image *image,
                          const char *folder, struct mk_error *e) {
    struct take_files files;
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which names the regions");
    if (!check_regions(image, e))
        return false;
    bool done = take_files_start(&files, run, image, folder, e) && add_regions(&files, image, e);
    return take_files_end(&files, done, e);
}

int take_regions(struct tool_run *run, const struct mk_image *image,
                 const struct mk_findings *seen) {
    const struct take_options *o = run->options;
    struct mk_error e = {0};
    if (write_regions(run, image, o->all, &e))
        return MK_EXIT_DONE;
    return report_failure(run, &run->inputs[0], seen, &e);
}
