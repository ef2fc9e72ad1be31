/* SPDX-License-Identifier: MIT */
#include <mekit/action/minimum.h>

#include <mekit/base/arith.h>
#include <mekit/image/extent.h>
#include <mekit/verify/boot.h>

#include <inttypes.h>

#define PAGE        0x1000u
#define SPARE_PAGES 4u /* as many as me_cleaner leaves; running firmware may log there */

/* The end of the last used byte, region-relative. A stripped boot partition is used up to its last
 * essential byte. False: no memory. */
static bool used_end(const struct mk_image *image, uint64_t down, uint64_t *end) {
    const struct mk_firmware *f = &image->firmware;
    struct mk_ranges boot = {0};
    bool stripped = false;
    *end = mk_fpt_end(&f->fpt);
    for (size_t i = 0; i < f->n_partitions; i++)
        if (&f->partitions[i] != f->boot)
            *end = mk_max(*end, f->partitions[i].end);
    if (f->boot->has_manifest && !mk_partition_is_stripped(f->boot, image->region, &stripped, NULL))
        return false;
    bool found = stripped ? mk_essential_extents(f->boot, &boot)
                          : mk_ranges_add(&boot, f->boot->start, f->boot->end);
    mk_ranges_clip(&boot, 0, f->boot->end);
    *end = mk_max(*end, mk_ranges_end(&boot) - mk_min(down, mk_ranges_end(&boot)));
    mk_ranges_free(&boot);
    return found;
}

bool mk_minimum_size_moved(const struct mk_image *image, uint64_t down, uint64_t *size,
                           struct mk_error *e) {
    uint64_t end;
    if (!used_end(image, down, &end))
        return mk_fail_memory(e);
    *size = mk_min((end / PAGE + 1 + SPARE_PAGES) * PAGE, image->region.n);
    return true;
}

bool mk_minimum_size(const struct mk_image *image, uint64_t *size, struct mk_error *e) {
    *size = image->region.n;
    if (image->me != MK_ME_FIRMWARE || image->kind == MK_IMAGE_PARTITION ||
        image->firmware.indivisible)
        return true;
    if (!image->firmware.boot)
        return mk_boot_missing(image, e);
    return mk_boot_check_length(image, e) && mk_boot_check_ends(image, e) &&
           mk_minimum_size_moved(image, 0, size, e);
}

bool mk_minimum_remark(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    uint64_t size, at = image->region.at;
    struct mk_error problem;
    if (image->me != MK_ME_FIRMWARE || !image->firmware.boot)
        return true;
    if (!mk_minimum_size(image, &size, &problem))
        return problem.code != MK_E_MEMORY || mk_fail_as(e, &problem);
    mk_plan_decide(plan,
                   &(struct mk_decision){.kind = MK_DECIDED_MINIMUM, .offset = at, .length = size});
    mk_plan_remark(plan, MK_REMARK_DETAIL,
                   "the ME region can be reduced to 0x%" PRIx64 " bytes: %08" PRIx64 ":%08" PRIx64
                   " me",
                   size, at, at + size - 1);
    return mk_plan_is_whole(plan, e);
}
