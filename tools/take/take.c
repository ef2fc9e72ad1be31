#include "take.h"

#include "output.h"
#include "text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool make_folder(const char *path, struct mk_error *e) {
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    return mk_fail(e, MK_E_IO, MK_NOWHERE, "can't make the folder: %s", strerror(errno));
}

/* The name comes from our table, never from the image. */
static bool write_region(const struct tool_run *run, const struct mk_image *image, unsigned i,
                         const char *folder, struct mk_error *e) {
    struct mk_span part;
    size_t room = strlen(folder) + 64;
    char *path = malloc(room);
    if (!path)
        return mk_fail_memory(e);
    snprintf(path, room, "%s/flashregion_%u_%s.bin", folder, i, mk_region_file(i));
    bool done =
        mk_image_region(image, i, &part) && (run->common.dry_run || output_file(path, part, e));
    if (done && !run->common.quiet)
        fprintf(run->words, "%s: 0x%08" PRIx64 " - 0x%08" PRIx64 "  flashregion_%u_%s.bin\n",
                run->tool->name, part.at, part.at + part.n, i, mk_region_file(i));
    free(path);
    return done;
}

static bool is_whole(const struct mk_image *image, unsigned i) {
    return image->descriptor.regions[i].end <= image->bytes.n;
}

/* The first chip of two is whole without what lies on the other; anything else that ends early was
 * cut. */
static bool check_regions(const struct mk_image *image, struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    bool first_chip = d->chips == 2 && image->bytes.n == d->chip_size[0];
    for (unsigned i = 0; i < d->n_regions; i++)
        if (!is_whole(image, i) && !first_chip)
            return mk_fail(e, MK_E_TRUNCATED, image->bytes.n, "region %s goes on behind the end",
                           mk_region_name(i));
    return true;
}

static bool write_regions(const struct tool_run *run, const struct mk_image *image,
                          const char *folder, struct mk_error *e) {
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE, "regions are named there");
    if (!check_regions(image, e) || (!run->common.dry_run && !make_folder(folder, e)))
        return false;
    for (unsigned i = 0; i < image->descriptor.n_regions; i++) {
        if (!image->descriptor.regions[i].used)
            continue;
        if (!is_whole(image, i))
            fprintf(run->words, "%s: warning: %s goes on on the other chip: left out\n",
                    run->tool->name, mk_region_name(i));
        else if (!write_region(run, image, i, folder, e))
            return false;
    }
    return true;
}

int take_all(struct tool_run *run, const struct mk_image *image, bool *handled) {
    const struct take_options *o = run->options;
    const struct mk_extract_options *one = &o->one;
    struct mk_error e = {0};
    *handled = o->all != NULL;
    if (!o->all)
        return MK_EXIT_DONE;
    if (one->region || one->partition || one->module || one->chip || one->truncate ||
        run->common.output || run->common.in_place)
        mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "--all takes every region, into files of its own");
    else if (write_regions(run, image, o->all, &e))
        return MK_EXIT_DONE;
    return text_error(run->tool, run->inputs[0].name, &e);
}
