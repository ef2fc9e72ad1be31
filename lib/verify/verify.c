/* SPDX-License-Identifier: MIT */
#include "verify.h"
#include <mekit/verify/boot.h>

#include <stdlib.h>

const char *mk_verdict_name(enum mk_verdict v) {
    static const char *const names[] = {"valid", "altered", "invalid", "unsigned", "unsupported"};
    return names[v];
}

const char *mk_check_name(enum mk_check c) {
    static const char *const names[] = {"match", "mismatch", "removed", "unchecked"};
    return names[c];
}

const char *mk_means_name(enum mk_means m) {
    static const char *const names[] = {"none", "hash", "partition hash", "catalogue", "codebook"};
    return names[m];
}

const char *mk_module_link_kind(const struct mk_module_link *m) {
    static const char *const names[] = {"raw", "huffman", "lzma", "unknown"};
    if (m->is_key)
        return "key";
    return m->module->kind == MK_MODULE_METADATA ? "met" : names[m->module->compression];
}

static bool is_repeated_later(const struct mk_firmware *f, size_t i) {
    for (size_t k = i + 1; k < f->n_partitions; k++)
        if (f->partitions[k].start == f->partitions[i].start &&
            f->partitions[k].end == f->partitions[i].end)
            return true;
    return false;
}

/* Reports parts of the boot partition that are missing or cut off although no strip removed them.
 */
static bool check_boot(const struct mk_image *image, struct mk_chain *chain, struct mk_error *e) {
    struct mk_error problem = {0};
    const struct mk_firmware *f = &image->firmware;
    bool has_modules = f->generation == MK_GENERATION_2 || f->generation == MK_GENERATION_3;
    if (!f->boot && image->kind != MK_IMAGE_PARTITION)
        mk_boot_missing(image, &problem);
    else if (has_modules && image->kind != MK_IMAGE_PARTITION && !f->boot->problem.code)
        mk_boot_check_modules(image, &problem);
    if (image->me_truncated)
        mk_fail(&problem, MK_E_TRUNCATED, image->bytes.n,
                "the ME region continues past the end of the file");
    if (problem.code == MK_E_MEMORY)
        return mk_fail_as(e, &problem);
    return !problem.code || mk_errors_add(&chain->problems, &problem, e);
}

/* No tool removes modules from CSE, so a removed one is damage. */
static bool is_module_wrong(const struct mk_image *image, const struct mk_module_link *m) {
    return m->result == MK_CHECK_MISMATCH ||
           (m->result == MK_CHECK_REMOVED && image->me == MK_ME_CSE);
}

static size_t count_signatures(const struct mk_chain *f, enum mk_signature_verdict verdict) {
    size_t n = 0;
    for (size_t i = 0; i < f->n_manifests; i++)
        n += f->manifests[i].signature.verdict == verdict;
    return n;
}

static bool is_damaged(const struct mk_image *image, const struct mk_chain *f) {
    if (count_signatures(f, MK_SIGNATURE_INVALID) > 0)
        return true;
    for (size_t i = 0; i < f->n_modules; i++)
        if (is_module_wrong(image, &f->modules[i]))
            return true;
    return f->problems.n > 0;
}

static bool is_altered(const struct mk_chain *f) {
    for (size_t i = 0; i < f->n_partitions; i++)
        if (f->partitions[i].has_hash && f->partitions[i].hash == MK_CHECK_MISMATCH &&
            !f->partitions[i].explained)
            return true;
    return false;
}

static enum mk_verdict verdict_of(const struct mk_image *image, const struct mk_chain *f) {
    if (is_damaged(image, f))
        return MK_VERDICT_INVALID;
    if (f->n_manifests == 0)
        return MK_VERDICT_UNSUPPORTED;
    if (is_altered(f))
        return MK_VERDICT_ALTERED;
    if (count_signatures(f, MK_SIGNATURE_UNSUPPORTED) > 0)
        return MK_VERDICT_UNSUPPORTED;
    return count_signatures(f, MK_SIGNATURE_VALID) > 0 ? MK_VERDICT_VALID : MK_VERDICT_UNSIGNED;
}

typedef bool links_verify(struct verification *v, const struct mk_partition *p, struct mk_error *e);

static bool each_partition(struct verification *v, links_verify *verify, struct mk_error *e) {
    const struct mk_firmware *f = &v->image->firmware;
    for (size_t i = 0; i < f->n_partitions; i++)
        if (!is_repeated_later(f, i) && !verify(v, &f->partitions[i], e))
            return false;
    return true;
}

/* Vendors don't update the checksums of $FPT. */
static bool check_table(struct verification *v, struct mk_error *e) {
    const struct mk_firmware *f = &v->image->firmware;
    struct mk_error remark;
    uint64_t at = v->image->region.at + f->fpt_base + f->fpt.at;
    if (f->fpt.n > 0 && !mk_fpt_sum_is_right(&f->fpt)) {
        mk_fail(&remark, MK_E_CHECKSUM, at, "the checksum of $FPT is wrong");
        remark.next = "Stock images have that too";
        if (!mk_errors_add(&v->chain->remarks, &remark, e))
            return false;
    }
    if (!f->has_backup || !f->backup_differs)
        return true;
    mk_fail(&remark, MK_E_CHECKSUM, at, "the second $FPT differs from the first");
    bool one_right = mk_fpt_sum_is_right(&f->fpt) != f->backup_sum_right;
    return mk_errors_add(one_right ? &v->chain->problems : &v->chain->remarks, &remark, e);
}

static bool add_problems(struct verification *v, struct mk_error *e) {
    const struct mk_errors *known = &v->image->firmware.problems;
    for (size_t i = 0; i < known->n; i++)
        if (!mk_errors_add(&v->chain->problems, &known->list[i], e))
            return false;
    return check_table(v, e);
}

static int by_offset(const void *a, const void *b) {
    const struct mk_manifest_link *x = a, *y = b;
    return (x->manifest.bytes.at > y->manifest.bytes.at) -
           (x->manifest.bytes.at < y->manifest.bytes.at);
}

static bool verify(struct verification *v, struct mk_error *e) {
    struct mk_chain *f = v->chain;
    f->partitions = calloc(v->image->firmware.n_partitions + 1, sizeof *f->partitions);
    if (!f->partitions)
        return mk_fail_memory(e);
    if (!mki_glut_read(v, e) || !add_problems(v, e) || !each_partition(v, mki_verify_manifests, e))
        return false;
    if (f->n_manifests > 1)
        qsort(f->manifests, f->n_manifests, sizeof *f->manifests, by_offset);
    if (!each_partition(v, mki_ahead_add, e))
        return false;
    mki_ahead_run(v);
    bool walked = check_boot(v->image, f, e) && mki_verify_bindings(v, e) &&
                  each_partition(v, mki_verify_modules, e) && mki_verify_recorded_modules(v, e);
    bool concluded = mki_books_conclude(v, walked ? e : NULL);
    return walked && concluded && mki_verify_by_catalogue(v, e) &&
           each_partition(v, mki_verify_partition, e);
}

/* Absurd overlaps are damage; keep the links that were found before. */
static bool verify_within_bounds(struct verification *v, struct mk_error *e) {
    struct mk_error problem = {0};
    if (verify(v, &problem))
        return true;
    if (problem.code == MK_E_COUNT)
        return mk_errors_add(&v->chain->problems, &problem, e);
    return mk_fail_as(e, &problem);
}

static bool verify_image(struct verification v, struct mk_codebook *const *books, size_t n_books,
                         struct mk_error *e) {
    const struct mk_image *image = v.image;
    struct mk_chain *chain = v.chain;
    *chain = (struct mk_chain){.verdict = MK_VERDICT_UNSUPPORTED};
    bool modern = image->me == MK_ME_CSE && image->region.n > 0;
    if (!modern && !mk_image_has_firmware(image, e))
        return false;
    mki_books_choose(&v, books, n_books);
    v.work = MK_LIMIT_WORK(image->bytes.n);
    bool done = verify_within_bounds(&v, e) && (v.boot_only || mki_verify_coverage(&v, e));
    mk_ranges_free(&v.is_signed);
    mk_ranges_free(&v.hashed);
    free(v.records);
    free(v.hashes);
    free(v.ahead);
    mk_llut_free(&v.glut);
    if (!done) {
        mk_chain_free(chain);
        return false;
    }
    chain->verdict = verdict_of(image, chain);
    return true;
}

bool mk_verify(const struct mk_image *image, struct mk_codebook *const *books, size_t n_books,
               struct mk_chain *chain, struct mk_error *e) {
    return mk_verify_with(image, books, n_books, &mk_catalogue_built_in, chain, e);
}

bool mk_verify_boot(const struct mk_image *image, struct mk_codebook *const *books, size_t n_books,
                    struct mk_chain *chain, struct mk_error *e) {
    struct verification v = {
        .image = image, .catalogue = &mk_catalogue_built_in, .boot_only = true, .chain = chain};
    return verify_image(v, books, n_books, e);
}

bool mk_verify_with(const struct mk_image *image, struct mk_codebook *const *books, size_t n_books,
                    const struct mk_catalogue *catalogue, struct mk_chain *chain,
                    struct mk_error *e) {
    struct verification v = {.image = image, .catalogue = catalogue, .chain = chain};
    return verify_image(v, books, n_books, e);
}

void mk_chain_free(struct mk_chain *chain) {
    free(chain->manifests);
    free(chain->modules);
    free(chain->partitions);
    mk_ranges_free(&chain->coverage.unhashed_ranges);
    mk_errors_free(&chain->problems);
    mk_errors_free(&chain->remarks);
    *chain = (struct mk_chain){.verdict = MK_VERDICT_UNSUPPORTED};
}
