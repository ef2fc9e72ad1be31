/* SPDX-License-Identifier: MIT */
#include "part.h"

#include <mekit/image/signature.h>

#include <inttypes.h>

/* Give no offset: the user would take an offset in the part for one in the image. */
static bool fail_part(struct mk_error *e, enum mk_code code, const char *region, const char *what,
                      const char *next) {
    mk_fail(e, code, MK_NOWHERE, "the file for the region %s %s", region, what);
    if (e)
        e->next = next;
    return false;
}

static bool check_signature(const struct mk_image *me, struct mk_error *e) {
    const struct mk_partition *boot = me->firmware.boot;
    struct mk_signature signature;
    if (!boot || !boot->has_manifest || boot->problem.code)
        return true;
    if (!mk_signature_check(&boot->manifest, &signature, e))
        return false;
    if (signature.verdict != MK_SIGNATURE_INVALID)
        return true;
    return fail_part(e, MK_E_SIGNATURE, "me", "holds firmware whose signature is wrong",
                     "Get the file again");
}

static bool check_kind(const struct mk_image *me, struct mk_error *e) {
    if (me->has_descriptor)
        return fail_part(e, MK_E_UNFIT, "me", "begins with a flash descriptor",
                         "Extract the ME region from it first");
    if (me->kind == MK_IMAGE_PARTITION)
        return fail_part(e, MK_E_UNFIT, "me", "is a lone partition without a table",
                         "Make a region from it first");
    return true;
}

bool mki_part_check_me(const struct mk_insert_part *part, struct mk_plan *plan,
                       struct mk_error *e) {
    struct mk_image me;
    struct mk_error why = {0};
    if (!mk_image_recognise(mk_span_of(part->bytes.p, part->bytes.n), NULL, &me, &why)) {
        if (why.code == MK_E_MEMORY)
            return mk_fail_memory(e);
        mk_plan_remark(plan, MK_REMARK_WARNING,
                       "the file for the region me is not an ME region that mekit knows: %.160s",
                       why.what);
        return true;
    }
    bool fits = check_kind(&me, e) && check_signature(&me, e);
    mk_image_free(&me);
    return fits;
}

static bool has_same_map(const struct mk_descriptor *a, const struct mk_descriptor *b) {
    if (a->n_regions != b->n_regions)
        return false;
    for (unsigned i = 0; i < a->n_regions; i++)
        if (a->regions[i].start != b->regions[i].start || a->regions[i].end != b->regions[i].end)
            return false;
    return true;
}

static bool check_map(const struct mk_image *image, const struct mk_descriptor *d, bool alone,
                      struct mk_plan *plan, struct mk_error *e) {
    uint64_t end = mk_descriptor_regions_end(d);
    uint64_t now = mk_descriptor_regions_end(&image->descriptor);
    if (has_same_map(&image->descriptor, d))
        return true;
    if (end > now && end > image->bytes.n)
        return mk_fail(e, MK_E_UNFIT, MK_NOWHERE,
                       "the new descriptor's regions end at 0x%" PRIx64
                       ", those of the present one at 0x%" PRIx64,
                       end, now);
    if (!alone)
        return fail_part(e, MK_E_UNFIT, "fd", "puts the regions in other places",
                         "Insert it alone, then the other regions");
    mk_plan_remark(plan, MK_REMARK_WARNING,
                   "the new descriptor puts the regions in other places: their bytes stay where "
                   "they are");
    return true;
}

bool mki_part_check_descriptor(const struct mk_image *image, const struct mk_insert_part *part,
                               bool alone, struct mk_plan *plan, struct mk_error *e) {
    struct mk_descriptor d;
    struct mk_error why = {0};
    if (mk_descriptor_read(mk_span_of(part->bytes.p, part->bytes.n), NULL, &d, &why))
        return check_map(image, &d, alone, plan, e);
    return mk_fail(e, MK_E_UNFIT, MK_NOWHERE,
                   "the file for the region fd is not a descriptor: %.160s", why.what);
}
