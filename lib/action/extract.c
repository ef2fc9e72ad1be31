/* SPDX-License-Identifier: MIT */
#include <mekit/action/extract.h>

#include <mekit/action/minimum.h>
#include <mekit/base/text.h>
#include <mekit/image/extent.h>

#include <inttypes.h>
#include <string.h>

static bool window_of(struct mk_span part, struct mk_plan *plan) {
    mk_plan_window(plan, part.at, part.n);
    mk_plan_remark(plan, MK_REMARK_FACT, "taken: 0x%06" PRIx64 " - 0x%06" PRIx64, part.at,
                   part.at + part.n);
    return true;
}

static bool extract_me(const struct mk_image *image, bool truncate, struct mk_plan *plan,
                       struct mk_error *e) {
    uint64_t size = image->region.n;
    if (image->region.n == 0)
        return mk_image_has_firmware(image, e);
    if (image->in_bios)
        return mk_fail(e, MK_E_NOT_FOUND, image->region.at,
                       "the ME region is unused; the engine's IFWI is in the region bios");
    if (image->me_truncated)
        return mk_fail(e, MK_E_TRUNCATED, image->bytes.n,
                       "the ME region continues past the end of the file");
    if (image->kind == MK_IMAGE_PARTITION)
        return mk_fail(e, MK_E_NO_OPERATION, 0, "this is a lone partition: it has no region");
    if (truncate && image->me != MK_ME_ERASED &&
        !(mk_image_has_firmware(image, e) && mk_minimum_size(image, &size, e)))
        return false;
    return window_of(mk_span_clip(image->region, 0, size), plan);
}

static bool resize_in_copy(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    uint64_t size;
    struct mk_error why = {0};
    if (image->me != MK_ME_FIRMWARE) {
        mk_plan_remark(plan, MK_REMARK_WARNING,
                       "no ME firmware is left: the regions are unchanged");
        return true;
    }
    if (!mk_minimum_size(image, &size, e))
        return false;
    if (!mk_resize_regions(image, size, plan, &why))
        mk_plan_remark(plan, MK_REMARK_WARNING, "the regions are unchanged: %s", why.what);
    return true;
}

static bool fail_truncate(struct mk_error *e) {
    return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "truncate works only with the regions me and fd");
}

static bool extract_region(const struct mk_image *image, const struct mk_extract_options *o,
                           struct mk_plan *plan, struct mk_error *e) {
    char name[80];
    struct mk_span part;
    int number = mk_region_find(o->region);
    mk_text_mask_string(name, sizeof name, o->region);
    if (number < 0)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "there is no region %s", name);
    if (o->truncate && number != MK_REGION_FD)
        return fail_truncate(e);
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which names the regions");
    if (!mk_image_region(image, (unsigned)number, &part))
        return mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "the region %s is %s", name,
                       image->descriptor.regions[number].used ? "past the end of the file"
                                                              : "unused");
    if (part.n < image->descriptor.regions[number].end - part.at)
        return mk_fail_limit(
            e, MK_E_TRUNCATED, image->bytes.n, image->descriptor.regions[number].end,
            image->bytes.n,
            "the region continues past the end of the file, perhaps on another chip");
    if (o->truncate && !resize_in_copy(image, plan, e))
        return false;
    return window_of(part, plan);
}

/* Skips "BP2/" before a name, since CSE Lite has most partitions twice. Returns the number, or 0.
 */
static unsigned skip_boot_partition(const char **text, size_t *n) {
    const char *t = *text;
    if (*n < 5 || t[0] != 'B' || t[1] != 'P' || t[2] < '1' || t[2] > '5' || t[3] != '/')
        return 0;
    *text += 4;
    *n -= 4;
    return (unsigned)(t[2] - '0');
}

static const struct mk_partition *find_in(const struct mk_firmware *f, unsigned boot,
                                          const char name[4]) {
    for (size_t i = 0; i < f->n_partitions; i++)
        if ((boot == 0 || f->partitions[i].boot == boot) &&
            memcmp(f->partitions[i].name, name, 4) == 0)
            return &f->partitions[i];
    return NULL;
}

static bool find_partition(const struct mk_image *image, const char *text, size_t n,
                           const struct mk_partition **p, struct mk_error *e) {
    char padded[4] = {0}, masked[80];
    bool modern = image->me == MK_ME_CSE && image->region.n > 0;
    if (!modern && !mk_image_has_firmware(image, e))
        return false;
    mk_text_mask(masked, sizeof masked, (const uint8_t *)text, n);
    unsigned boot = skip_boot_partition(&text, &n);
    if (n > sizeof padded)
        return mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "there is no partition %s", masked);
    memcpy(padded, text, n);
    *p = find_in(&image->firmware, boot, padded);
    return *p ? true
              : mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "there is no partition %s with data",
                        masked);
}

static bool extract_partition(const struct mk_image *image, const char *name, struct mk_plan *plan,
                              struct mk_error *e) {
    const struct mk_partition *p;
    if (!find_partition(image, name, strlen(name), &p, e))
        return false;
    if (p->bytes.n < p->size)
        mk_plan_remark(plan, MK_REMARK_WARNING, "the region ends before the partition does");
    return window_of(p->bytes, plan);
}

bool mk_extract_find(const struct mk_image *image, const char *path, const struct mk_partition **p,
                     const struct mk_module **m, struct mk_error *e) {
    const char *slash = strrchr(path, '/');
    char masked[80];
    mk_text_mask_string(masked, sizeof masked, path);
    if (!slash)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "not PARTITION/NAME: %s", masked);
    if (!find_partition(image, path, (size_t)(slash - path), p, e))
        return false;
    *m = mk_module_find(*p, slash + 1);
    return *m ? true : mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "there is no module %s", masked);
}

static bool extract_module(const struct mk_image *image, const char *path, struct mk_plan *plan,
                           struct mk_error *e) {
    const struct mk_partition *p;
    const struct mk_module *m;
    char masked[80];
    mk_text_mask_string(masked, sizeof masked, path);
    if (!mk_extract_find(image, path, &p, &m, e))
        return false;
    if (m->stored.n == 0)
        return mk_fail(e, MK_E_NO_OPERATION, m->entry.at,
                       "%s is not stored in one piece: its pages are shared through the LLUT",
                       masked);
    return window_of(mk_module_stored(m), plan);
}

static bool extract_chip(const struct mk_image *image, const char *number, struct mk_plan *plan,
                         struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    struct mk_span part;
    bool second = strcmp(number, "1") == 0;
    if (!second && strcmp(number, "0") != 0)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "the chip must be 0 or 1");
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which holds the sizes of the chips");
    if (d->chip_size[0] == 0 || (second && (d->chips < 2 || d->chip_size[1] == 0)))
        return mk_fail(e, MK_E_NOT_FOUND, d->fcba, "the descriptor has no such chip");
    if (!mk_span_cut(image->bytes, second ? d->chip_size[0] : 0, d->chip_size[second], &part))
        return mk_fail(e, MK_E_TRUNCATED, image->bytes.n,
                       "chip %s continues past the end of the file", number);
    return window_of(part, plan);
}

static bool check_options(const struct mk_extract_options *o, struct mk_error *e) {
    int parts =
        (o->region != NULL) + (o->partition != NULL) + (o->module != NULL) + (o->chip != NULL);
    if (parts > 1)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "only one part can be extracted at a time");
    if (o->truncate && (o->partition || o->module || o->chip))
        return fail_truncate(e);
    return true;
}

bool mk_extract_plan(const struct mk_image *image, const struct mk_extract_options *options,
                     struct mk_plan *plan, struct mk_error *e) {
    const struct mk_extract_options *o = options;
    if (!mk_plan_suits(plan, image->bytes, e) || !check_options(o, e))
        return false;
    if (o->partition)
        return extract_partition(image, o->partition, plan, e);
    if (o->module)
        return extract_module(image, o->module, plan, e);
    if (o->chip)
        return extract_chip(image, o->chip, plan, e);
    if (!o->region || strcmp(o->region, "me") == 0)
        return extract_me(image, o->truncate, plan, e);
    return extract_region(image, o, plan, e);
}
