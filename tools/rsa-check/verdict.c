/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "look.h"

static bool has_unknown_key(const struct mk_chain *f) {
    for (size_t i = 0; i < f->n_manifests; i++)
        if (f->manifests[i].signature.verdict == MK_SIGNATURE_VALID &&
            !f->manifests[i].signature.key && !f->manifests[i].binding.trusted)
            return true;
    return false;
}

/* Damage gives status 1. Only bytes that are not a dump, and images that nothing can check, get
 * another status. */
static int status_of(const struct check *c, const struct check_options *o) {
    static const int statuses[] = {
        [MK_VERDICT_VALID] = MK_EXIT_DONE,
        [MK_VERDICT_ALTERED] = MK_EXIT_NEGATIVE,
        [MK_VERDICT_INVALID] = MK_EXIT_NEGATIVE,
        [MK_VERDICT_UNSIGNED] = MK_EXIT_NEGATIVE,
        [MK_VERDICT_UNSUPPORTED] = MK_EXIT_UNSUPPORTED,
    };
    const struct mk_chain *f = &c->seen.chain;
    const struct mk_proof *proof = &c->seen.proof;
    enum mk_verdict verdict = mk_inspection_verdict(&c->seen);
    bool damaged = c->error.code != MK_E_BAD_READ && c->error.code != MK_E_MEMORY &&
                   mk_findings_have(&c->seen.findings, MK_DAMAGE);
    if (damaged)
        return MK_EXIT_NEGATIVE;
    if (c->error.code)
        return (int)mk_code_exit(c->error.code);
    bool doubted = (o->require_known_key && has_unknown_key(f)) ||
                   (o->require_proof && proof->proven < proof->boot_modules);
    return doubted && verdict == MK_VERDICT_VALID ? MK_EXIT_NEGATIVE : statuses[verdict];
}

/* If the whole read went wrong, report that instead of missing firmware. */
static struct mk_error reason_of(const struct check *c) {
    struct mk_error why;
    return mk_findings_readable(&c->seen.findings, &why) ? c->seen.unverified : why;
}

void check_look(const struct tool_run *run, const struct tool_input *input, struct check *c) {
    *c = (struct check){.input = input};
    c->recognised = look_recognise(run, input, &c->image, &c->seen.findings, &c->error);
    if (c->recognised && mk_inspect(&c->image, MK_LOOK_READ | MK_LOOK_CHAIN, run->books.list,
                                    run->books.n, &c->seen, &c->error))
        c->error = reason_of(c);
    c->status = status_of(c, run->options);
}

void check_close(struct check *c) {
    if (c->recognised)
        mk_image_free(&c->image);
    mk_inspection_free(&c->seen);
    mk_ranges_free(&c->differences);
}
