#include <mekit/verify/boot.h>
#include "place.h"

#include <mekit/base/arith.h>

#include <inttypes.h>

#define PAGE        0x1000u
#define SPARE_PAGES 4u /* me_cleaner leaves as many; firmware that still runs may log there */

bool place_used_end(const struct mk_image *image, uint64_t down, uint64_t *end) {
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

uint64_t place_size_for(uint64_t end, uint64_t region) {
    return mk_min((end / PAGE + 1 + SPARE_PAGES) * PAGE, region);
}

bool mk_minimum_size(const struct mk_image *image, uint64_t *size, struct mk_error *e) {
    uint64_t end;
    *size = image->region.n;
    const struct mk_partition *boot = image->firmware.boot;
    if (image->me != MK_ME_FIRMWARE || image->kind == MK_IMAGE_PARTITION ||
        image->firmware.generation == MK_GENERATION_1)
        return true;
    if (!boot)
        return mk_boot_missing(image, e);
    if (!mk_boot_check_length(image, e))
        return false;
    if (!place_used_end(image, 0, &end))
        return mk_fail_memory(e);
    *size = place_size_for(end, image->region.n);
    return true;
}

/* Remarks are added to a plan that was closed before: what they lack is told here. */
static bool is_whole(const struct mk_plan *plan, struct mk_error *e) {
    if (plan->problem.code)
        *e = plan->problem;
    return !plan->problem.code;
}

bool mk_minimum_remark(const struct mk_image *image, struct mk_plan *plan, struct mk_error *e) {
    uint64_t size, at = image->region.at;
    struct mk_error problem;
    if (image->me != MK_ME_FIRMWARE || !image->firmware.boot)
        return true;
    if (!mk_minimum_size(image, &size, &problem)) {
        if (problem.code == MK_E_MEMORY)
            *e = problem;
        return problem.code != MK_E_MEMORY;
    }
    mk_plan_remark(plan, MK_REMARK_FACT, "the signature of FTPR holds");
    mk_plan_remark(plan, MK_REMARK_FACT,
                   "the ME region can be reduced to 0x%" PRIx64 " bytes: %08" PRIx64 ":%08" PRIx64
                   " me",
                   size, at, at + size - 1);
    return is_whole(plan, e);
}
