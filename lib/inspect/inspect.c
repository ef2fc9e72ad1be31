/* SPDX-License-Identifier: MIT */
#include "inspect.h"

static bool verify(const struct mk_image *image, unsigned look, struct mk_codebook *const *books,
                   size_t n_books, struct mk_inspection *i, struct mk_error *e) {
    i->verified = (look & MK_LOOK_BOOT ? mk_verify_boot : mk_verify)(image, books, n_books,
                                                                     &i->chain, &i->unverified);
    if (!i->verified)
        return i->unverified.code != MK_E_MEMORY || mk_fail_as(e, &i->unverified);
    return mki_proof_inspect(image, i, e) && mki_chain_inspect(image, i, e);
}

static bool inspect_shape(const struct mk_image *image, unsigned look, struct mk_findings *f,
                          struct mk_error *e) {
    bool whole = look & MK_LOOK_READ;
    if (!mki_read_inspect(image->bytes, image, f, e) || !mki_size_inspect(image, f, e) ||
        (whole && !mki_lines_inspect(image, f, e)))
        return false;
    return (!image->has_descriptor ||
            (mki_descriptor_inspect(image, f, e) && mki_regions_inspect(image, whole, f, e))) &&
           mki_tables_inspect(image, f, e);
}

bool mk_inspect(const struct mk_image *image, unsigned look, struct mk_codebook *const *books,
                size_t n_books, struct mk_inspection *inspection, struct mk_error *e) {
    *inspection = (struct mk_inspection){.verified = false};
    return inspect_shape(image, look, &inspection->findings, e) &&
           (!(look & MK_LOOK_CHAIN) || verify(image, look, books, n_books, inspection, e)) &&
           (!(look & MK_LOOK_CHAIN) || mki_mfs_inspect(image, &inspection->findings, e)) &&
           (!(look & MK_LOOK_COPIES) || (mki_boot_guard_inspect(image, &inspection->findings, e) &&
                                         mki_copies_inspect(image, &inspection->findings, e)));
}

void mk_inspection_free(struct mk_inspection *inspection) {
    mk_findings_free(&inspection->findings);
    mk_chain_free(&inspection->chain);
    *inspection = (struct mk_inspection){.verified = false};
}

bool mk_inspect_unknown(struct mk_span bytes, struct mk_findings *findings, struct mk_error *e) {
    *findings = (struct mk_findings){.n = 0};
    return mki_read_inspect(bytes, NULL, findings, e) &&
           (findings->n > 0 || mki_descriptor_inspect_unread(bytes, findings, e));
}
