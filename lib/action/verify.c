#include <mekit/action/verify.h>

#include "boot.h"

#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>

const char *mk_verdict_name(enum mk_verdict v) {
    static const char *const names[] = {"valid", "altered", "invalid", "unsigned", "unsupported"};
    return names[v];
}

static bool add_problem(struct mk_findings *f, const struct mk_error *problem, struct mk_error *e) {
    struct mk_error *more = realloc(f->problems, (f->n_problems + 1) * sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    f->problems = more;
    f->problems[f->n_problems++] = *problem;
    return true;
}

static bool add_manifest(struct mk_findings *f, const struct mk_partition *p, const uint8_t *name,
                         size_t n, const struct mk_manifest *m, struct mk_error *e) {
    struct mk_manifest_finding *more = realloc(f->manifests, (f->n_manifests + 1) * sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    f->manifests = more;
    struct mk_manifest_finding *finding = &f->manifests[f->n_manifests++];
    *finding = (struct mk_manifest_finding){.manifest = *m};
    mk_text_mask(finding->partition, sizeof finding->partition, p->name, sizeof p->name);
    mk_text_mask(finding->name, sizeof finding->name, name, n);
    return mk_signature_check(m, &finding->signature, e);
}

/* An erased manifest went with its partition: nothing is damaged. */
static bool verify_module(struct mk_findings *f, const struct mk_partition *p,
                          const struct mk_module *m, struct mk_error *e) {
    struct mk_manifest manifest;
    struct mk_error problem;
    if (m->kind == MK_MODULE_METADATA ||
        (m->kind == MK_MODULE_CODE && !mk_manifest_is_at(m->stored)) ||
        (m->stored.n > 0 && mk_span_is_filled(m->stored, 0xFF)))
        return true;
    if (!mk_manifest_read(m->stored, &manifest, &problem))
        return add_problem(f, &problem, e);
    return add_manifest(f, p, m->name, m->name_length, &manifest, e);
}

static bool verify_partition(struct mk_findings *f, const struct mk_partition *p,
                             struct mk_error *e) {
    if (p->layout == MK_LAYOUT_MANIFEST && p->has_manifest &&
        !add_manifest(f, p, p->name, sizeof p->name, &p->manifest, e))
        return false;
    for (size_t i = 0; p->layout == MK_LAYOUT_DIRECTORY && i < p->n_modules; i++)
        if (!verify_module(f, p, &p->modules[i], e))
            return false;
    /* A manifest in a directory has told of its problem as the module that it is. */
    bool told = p->layout == MK_LAYOUT_DIRECTORY && f->n_problems > 0 &&
                f->problems[f->n_problems - 1].offset == p->problem.offset;
    return !p->problem.code || told || add_problem(f, &p->problem, e);
}

static bool is_repeated_later(const struct mk_firmware *f, size_t i) {
    for (size_t k = i + 1; k < f->n_partitions; k++)
        if (f->partitions[k].start == f->partitions[i].start &&
            f->partitions[k].end == f->partitions[i].end)
            return true;
    return false;
}

/* What of the boot partition is gone or cut off without having been removed on purpose. */
static bool check_boot(const struct mk_image *image, struct mk_findings *findings,
                       struct mk_error *e) {
    struct mk_error problem = {0};
    const struct mk_firmware *f = &image->firmware;
    bool has_modules = f->generation == MK_GENERATION_2 || f->generation == MK_GENERATION_3;
    if (!f->boot && image->kind != MK_IMAGE_PARTITION)
        boot_missing(image, &problem);
    else if (has_modules && image->kind != MK_IMAGE_PARTITION && !f->boot->problem.code)
        boot_check_modules(image, &problem);
    if (image->me_truncated)
        mk_fail(&problem, MK_E_TRUNCATED, image->bytes.n, "the ME region goes on behind the end");
    bool counts = problem.code && problem.code != MK_E_NO_OPERATION;
    return !counts || add_problem(findings, &problem, e);
}

static int by_offset(const void *a, const void *b) {
    const struct mk_manifest_finding *x = a, *y = b;
    return (x->manifest.bytes.at > y->manifest.bytes.at) -
           (x->manifest.bytes.at < y->manifest.bytes.at);
}

static enum mk_verdict verdict_of(const struct mk_findings *f) {
    size_t valid = 0;
    for (size_t i = 0; i < f->n_manifests; i++) {
        enum mk_signature_verdict v = f->manifests[i].signature.verdict;
        if (v == MK_SIGNATURE_INVALID || v == MK_SIGNATURE_UNSUPPORTED)
            return MK_VERDICT_INVALID;
        valid += v == MK_SIGNATURE_VALID;
    }
    if (f->n_problems > 0)
        return MK_VERDICT_INVALID;
    if (f->n_manifests == 0)
        return MK_VERDICT_UNSUPPORTED;
    return valid > 0 ? MK_VERDICT_VALID : MK_VERDICT_UNSIGNED;
}

static bool verify(const struct mk_image *image, struct mk_findings *findings, struct mk_error *e) {
    const struct mk_firmware *f = &image->firmware;
    for (size_t i = 0; i < f->n_partitions; i++)
        if (!is_repeated_later(f, i) && !verify_partition(findings, &f->partitions[i], e))
            return false;
    return check_boot(image, findings, e);
}

bool mk_verify(const struct mk_image *image, struct mk_findings *findings, struct mk_error *e) {
    *findings = (struct mk_findings){.verdict = MK_VERDICT_UNSUPPORTED};
    bool flat = image->me == MK_ME_CSE && image->firmware.n_partitions > 0;
    if (!flat && !mk_image_has_firmware(image, e))
        return false;
    if (!verify(image, findings, e)) {
        mk_findings_free(findings);
        return false;
    }
    if (findings->n_manifests > 1)
        qsort(findings->manifests, findings->n_manifests, sizeof *findings->manifests, by_offset);
    findings->verdict = verdict_of(findings);
    return true;
}

void mk_findings_free(struct mk_findings *findings) {
    free(findings->manifests);
    free(findings->problems);
    *findings = (struct mk_findings){.verdict = MK_VERDICT_UNSUPPORTED};
}
