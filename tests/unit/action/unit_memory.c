/* SPDX-License-Identifier: MIT */
#include "fail_each.h"
#include "forged.h"

#include <mekit/mekit.h>

TestSuite(memory, .fini = check_leaks);

struct subject {
    const struct mk_image *image;
    struct mk_codebook *book;
};

static void add_module(struct outcome *outcome, const struct mk_partition *p,
                       const struct mk_module *m) {
    outcome_bytes(outcome, m->name, m->name_length);
    outcome_number(outcome, m->start);
    outcome_number(outcome, m->end);
    outcome_number(outcome, m->n_pages);
    outcome_number(outcome, p->llut.n);
}

static bool recognise(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    struct mk_image image;
    if (!mk_image_recognise(s->image->bytes, NULL, &image, e))
        return false;
    const struct mk_firmware *f = &image.firmware;
    outcome_number(outcome, image.me);
    outcome_text(outcome, f->family);
    outcome_errors(outcome, &f->problems);
    for (size_t i = 0; i < f->n_partitions; i++) {
        outcome_bytes(outcome, f->partitions[i].name, 4);
        outcome_number(outcome, f->partitions[i].problem.code);
        for (size_t k = 0; k < f->partitions[i].n_modules; k++)
            add_module(outcome, &f->partitions[i], &f->partitions[i].modules[k]);
    }
    mk_image_free(&image);
    return true;
}

static bool scan(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    struct mk_scan scanned = {.file = s->image->bytes};
    struct mk_found found;
    while (mk_scan_next(&scanned, &found, e)) {
        outcome_number(outcome, found.kind);
        outcome_number(outcome, found.offset);
        outcome_number(outcome, found.size);
    }
    return e->code == MK_OK;
}

static void add_findings(struct outcome *outcome, const struct mk_chain *f) {
    outcome_number(outcome, f->verdict);
    for (size_t i = 0; i < f->n_manifests; i++) {
        outcome_number(outcome, f->manifests[i].signature.verdict);
        outcome_text(outcome, f->manifests[i].binding.by);
    }
    for (size_t i = 0; i < f->n_modules; i++) {
        outcome_number(outcome, f->modules[i].result);
        outcome_text(outcome, f->modules[i].reason);
    }
    for (size_t i = 0; i < f->n_partitions; i++)
        outcome_number(outcome, f->partitions[i].hash);
    outcome_number(outcome, f->coverage.is_signed);
    outcome_number(outcome, f->coverage.hashed);
    outcome_number(outcome, f->coverage.unhashed);
    outcome_errors(outcome, &f->problems);
    outcome_errors(outcome, &f->remarks);
}

static bool verify_with(const struct subject *s, size_t n_books, struct outcome *outcome,
                        struct mk_error *e) {
    struct mk_codebook *book = s->book;
    struct mk_chain chain;
    if (!mk_verify(s->image, &book, n_books, &chain, e))
        return false;
    add_findings(outcome, &chain);
    mk_chain_free(&chain);
    return true;
}

static bool verify(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    return verify_with(s, 0, outcome, e);
}

static bool verify_by_book(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    return verify_with(s, 1, outcome, e);
}

static bool seal(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    struct mk_seal taken;
    if (!mk_seal_take(s->image, &taken, e) || !mk_seal_check(&taken, s->image, e))
        return false;
    outcome_bytes(outcome, taken.digest.bytes, taken.digest.n);
    outcome_number(outcome, taken.valid);
    return true;
}

static bool unpack(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    const struct mk_firmware *f = &s->image->firmware;
    for (size_t i = 0; i < f->n_partitions; i++)
        for (size_t k = 0; k < f->partitions[i].n_modules; k++) {
            struct mk_buffer code;
            struct mk_error problem = {0};
            if (mk_module_unpack(s->image->region, &f->partitions[i], &f->partitions[i].modules[k],
                                 s->book, &code, &problem)) {
                outcome_bytes(outcome, code.p, code.n);
                free(code.p);
            } else if (problem.code == MK_E_MEMORY) {
                *e = problem;
                return false;
            }
        }
    return true;
}

static bool compare_with(struct mk_span a, struct mk_span b, struct outcome *outcome,
                         struct mk_error *e) {
    struct mk_ranges ranges = {0};
    bool done = mk_compare(a, b, 0, &ranges);
    for (size_t i = 0; done && i < ranges.n; i++)
        outcome_number(outcome, ranges.r[i].end);
    mk_ranges_free(&ranges);
    return done || mk_fail_memory(e);
}

static bool compare(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    struct mk_span bytes = s->image->bytes, later = mk_span_clip(bytes, 0x40, bytes.n);
    later.at = 0;
    return compare_with(bytes, later, outcome, e);
}

/* Compares equal bytes of different length, and bytes that differ in one. */
static bool compare_ends(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    struct mk_span bytes = s->image->bytes;
    return compare_with(bytes, mk_span_clip(bytes, 0, bytes.n - 1), outcome, e) &&
           compare_with(mk_span_of("abc", 3), mk_span_of("abd", 3), outcome, e);
}

static bool add_plan(struct outcome *outcome, struct mk_plan *plan, bool made, struct mk_error *e) {
    bool closed = made && mk_plan_close(plan, e);
    for (size_t i = 0; closed && i < plan->n_edits; i++) {
        const struct mk_edit *edit = &plan->edits[i];
        outcome_number(outcome, edit->offset);
        outcome_number(outcome, edit->length);
        outcome_text(outcome, edit->why);
        if (edit->kind == MK_EDIT_BYTES)
            outcome_bytes(outcome, edit->bytes, (size_t)edit->length);
    }
    for (size_t i = 0; closed && i < plan->n_remarks; i++)
        outcome_text(outcome, plan->remarks[i].text);
    outcome_number(outcome, plan->window_length);
    mk_plan_free(plan);
    return closed;
}

static bool unlock(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    const struct mk_unlock_options options = {0};
    struct mk_plan plan;
    mk_plan_start(&plan, s->image->bytes);
    return add_plan(outcome, &plan, mk_unlock_plan(s->image, &options, &plan, e), e);
}

static bool strip_with(const struct subject *s, const struct mk_strip_options *options,
                       struct outcome *outcome, struct mk_error *e) {
    struct mk_plan plan;
    mk_plan_start(&plan, s->image->bytes);
    return add_plan(outcome, &plan, mk_strip_plan(s->image, options, &plan, e), e);
}

static bool strip(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    const bool full = s->image->has_descriptor;
    const struct mk_strip_options options = {
        .force = true, .keep.text = "EFFS,MFS,GLUT", .descriptor = full, .soft_disable = full};
    return strip_with(s, &options, outcome, e);
}

static bool strip_shared(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    const struct mk_strip_options options = {.force = true, .wipe_shared = true};
    return strip_with(s, &options, outcome, e);
}

static bool relocate(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    const struct mk_relocate_options options = {.force = true, .reclaim = s->image->has_descriptor};
    struct mk_plan plan;
    mk_plan_start(&plan, s->image->bytes);
    return add_plan(outcome, &plan, mk_relocate_plan(s->image, &options, &plan, e), e);
}

static bool minimum(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    struct mk_plan plan;
    mk_plan_start(&plan, s->image->bytes);
    return add_plan(outcome, &plan, mk_minimum_remark(s->image, &plan, e), e);
}

static bool extract_with(const struct subject *s, const struct mk_extract_options *options,
                         struct outcome *outcome, struct mk_error *e) {
    struct mk_plan plan;
    mk_plan_start(&plan, s->image->bytes);
    return add_plan(outcome, &plan, mk_extract_plan(s->image, options, &plan, e), e);
}

static bool extract(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    const struct mk_extract_options options = {.truncate = true};
    return extract_with(s, &options, outcome, e);
}

static bool extract_descriptor(const void *subject, struct outcome *outcome, struct mk_error *e) {
    const struct subject *s = subject;
    const struct mk_extract_options options = {.truncate = true, .region = "fd"};
    return extract_with(s, &options, outcome, e);
}

static const struct {
    const char *name;
    action *act;
} actions[] = {
    {"recognise", recognise},
    {"scan", scan},
    {"verify", verify},
    {"verify by a codebook", verify_by_book},
    {"seal", seal},
    {"unpack", unpack},
    {"compare", compare},
    {"unlock", unlock},
    {"strip", strip},
    {"strip what is shared", strip_shared},
    {"relocate", relocate},
    {"extract", extract},
    {"extract fd", extract_descriptor},
    {"minimum", minimum},
    {"compare ends", compare_ends},
};

static void fail_each_of_all(const struct forged_image *f, const char *recipe, size_t n) {
    const struct subject s = {.image = &f->image, .book = forged_codebook("forged")};
    for (size_t k = 0; k < n; k++)
        fail_each(actions[k].act, actions[k].name, recipe, &s);
    mk_codebook_free(s.book);
}

/* Runs every action on each generation. */
Test(memory, runs_out_at_each_call) {
    static const char *const recipes[] = {
        "good-full-me8",  "good-full-me11",   "good-full-ich9",   "good-full-txe1",
        "good-csme12",    "unsupported-sps3", "unsupported-sps4", "unsupported-update",
        "bad-region-cut", "good-dump-apl",
    };
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct forged_image f = forged_open(recipes[i]);
        fail_each_of_all(&f, recipes[i], sizeof actions / sizeof *actions);
        forged_close(&f);
    }
}

/* Reporting oddities needs memory too: reading and verifying are enough to test it. */
Test(memory, runs_out_while_oddities_are_reported) {
    static const char *const recipes[] = {
        "good-fpt-checksum", "bad-layout-crc",        "bad-layout-beyond", "bad-layout-overlap",
        "bad-bpdt-overlap",  "bad-bpdt-entry-beyond", "bad-second-beyond", "bad-cse-fpt-count",
        "bad-info-listed",   "bad-cse-extension",     "bad-cpd-checksum",  "bad-module-offset",
        "good-csme16",       "bad-bpdt-count",
    };
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct forged_image f = forged_open(recipes[i]);
        fail_each_of_all(&f, recipes[i], 3);
        forged_close(&f);
    }
}

/* Without GLUT, FTPR can move, and its LLUT changes. */
Test(memory, runs_out_while_a_boot_partition_moves) {
    struct forged_image f = forged_open("good-me8");
    cr_assert(mk_buffer_uint(f.b, 0xD0 + mk_entry_fields[MK_ENTRY_SIZE].offset, 4, 0));
    forged_again(&f);
    fail_each_of_all(&f, "good-me8 without GLUT", sizeof actions / sizeof *actions);
    forged_close(&f);
}
