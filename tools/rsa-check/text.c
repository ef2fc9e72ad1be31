#include "check.h"

#include <inttypes.h>
#include <mekit/base/text.h>

static void text_key(FILE *words, const struct mk_manifest_link *m) {
    char md5[2 * MK_DIGEST_MAX + 1];
    const struct mk_known_key *key = m->signature.key;
    if (m->signature.verdict == MK_SIGNATURE_UNSIGNED)
        return;
    if (key)
        fprintf(words, ", key %s %s, %s", key->variant, key->versions, key->release);
    else if (!m->binding.listed)
        fprintf(words, ", key unknown");
    fprintf(words, " (MD5 %s)", mk_digest_hex(&m->signature.key_md5, md5));
    if (m->binding.listed)
        fprintf(words, ", listed by %s for usage %d, %s", m->binding.by, m->binding.usage,
                mk_usage_name(m->binding.usage));
}

static void text_manifest(FILE *words, const struct mk_manifest_link *m) {
    char version[MK_VERSION_ROOM];
    const struct mk_signature *s = &m->signature;
    fprintf(words, "  %-4s %-12s 0x%08" PRIx64 "  %-16s RSA-%u %-15s  %s", m->partition, m->name,
            m->manifest.bytes.at, mk_version_text(m->manifest.version, version),
            m->manifest.key_bits,
            s->verdict == MK_SIGNATURE_UNSUPPORTED ? "?" : mk_rsa_scheme_name(s->scheme),
            mk_signature_verdict_name(s->verdict));
    text_key(words, m);
    fprintf(words, "\n");
}

static void text_module(FILE *words, const struct mk_module_link *m) {
    char partition[MK_TEXT_ROOM(4)], name[MK_TEXT_ROOM(16)];
    mk_text_mask(partition, sizeof partition, m->partition->name, 4);
    mk_text_mask(name, sizeof name, m->module->name, m->module->name_length);
    fprintf(words, "  %-4s %-16s %-8s %s%s%s\n", partition, name, mk_module_link_kind(m),
            mk_check_name(m->result), *m->reason ? ": " : "", m->reason);
}

static void text_partition(FILE *words, const struct check *c, const struct mk_partition_link *p) {
    size_t n[4] = {0}, all = 0;
    char name[MK_TEXT_ROOM(4)];
    for (size_t i = 0; i < c->seen.chain.n_modules; i++) {
        const struct mk_module_link *m = &c->seen.chain.modules[i];
        n[m->result] += m->partition == p->partition;
        all += m->partition == p->partition;
    }
    if (all == 0 && !p->has_hash)
        return;
    fprintf(words, "  %-4s ", mk_text_mask(name, sizeof name, p->partition->name, 4));
    if (p->has_hash)
        fprintf(words, "partition hash %s%s; ", mk_check_name(p->hash),
                p->explained ? " (as on stock SPS, or after a strip)" : "");
    fprintf(words, "%zu of %zu modules match", n[MK_CHECK_MATCH], all);
    for (enum mk_check i = MK_CHECK_MISMATCH; i <= MK_CHECK_UNCHECKED; i++)
        if (n[i] > 0)
            fprintf(words, ", %zu %s", n[i], mk_check_name(i));
    fprintf(words, "\n");
}

static void text_modules(FILE *words, const struct check *c, bool verbose) {
    for (size_t i = 0; i < c->seen.chain.n_partitions; i++)
        text_partition(words, c, &c->seen.chain.partitions[i]);
    for (size_t i = 0; i < c->seen.chain.n_modules; i++)
        if (verbose || c->seen.chain.modules[i].result == MK_CHECK_MISMATCH)
            text_module(words, &c->seen.chain.modules[i]);
}

static void text_coverage(FILE *words, const struct check *c, bool verbose) {
    const struct mk_coverage *v = &c->seen.chain.coverage;
    uint64_t at = c->image.region.at;
    fprintf(words,
            "  bytes: %" PRIu64 " signed, %" PRIu64 " hashed, %" PRIu64 " erased, %" PRIu64
            " under no hash that was checked\n",
            v->is_signed, v->hashed, v->erased, v->unhashed);
    for (size_t i = 0; verbose && i < v->unhashed_ranges.n; i++)
        fprintf(words, "    0x%08" PRIx64 " - 0x%08" PRIx64 "\n",
                at + v->unhashed_ranges.r[i].start, at + v->unhashed_ranges.r[i].end);
}

static void text_errors(FILE *words, const char *mark, const struct mk_errors *errors) {
    char text[600];
    for (size_t i = 0; i < errors->n; i++) {
        mk_error_text(&errors->list[i], text, sizeof text);
        fprintf(words, "  %s%s\n", mark, text);
    }
}

static void text_finding(FILE *words, const struct mk_finding *f) {
    fprintf(words, "  %s: %s: %s%s%s\n", mk_severity_name(f->severity), mk_finding_word(f->id),
            f->text, *f->next ? ". " : "", f->next);
}

static void text_proof(FILE *words, const struct mk_proof *p) {
    if (p->boot_modules > 0 && p->proven == p->boot_modules)
        fprintf(words, "; boot code proven (%u modules)", p->proven);
    else if (p->boot_modules > 0)
        fprintf(words, "; boot code NOT proven (%u of %u modules)", p->boot_modules - p->proven,
                p->boot_modules);
}

static void text_chain(FILE *words, const struct check *c, bool verbose) {
    char version[MK_VERSION_ROOM];
    const struct mk_firmware *f = &c->image.firmware;
    fprintf(words, "%s: %s, %s %s\n", c->input->name, mk_image_kind_name(c->image.kind), f->family,
            mk_version_text(f->version, version));
    for (size_t i = 0; i < c->seen.chain.n_manifests; i++)
        text_manifest(words, &c->seen.chain.manifests[i]);
    text_modules(words, c, verbose);
    text_coverage(words, c, verbose);
    text_errors(words, "remark: ", &c->seen.chain.remarks);
}

void check_line(FILE *words, const struct check *check) {
    static const char *const marks[] = {[MK_EXIT_DONE] = "OK     ", [MK_EXIT_NEGATIVE] = "BAD    "};
    char version[MK_VERSION_ROOM];
    const struct mk_firmware *f = &check->image.firmware;
    bool refused = check->status > MK_EXIT_NEGATIVE;
    fprintf(words, "%s  %-11s  ", refused ? "REFUSED" : marks[check->status],
            check->error.code ? mk_code_name(check->error.code)
                              : mk_verdict_name(mk_inspection_verdict(&check->seen)));
    if (check->error.code)
        fprintf(words, "%-20s  %s\n", "-", check->input->name);
    else
        fprintf(words, "%-5s %-14s  %s\n", f->family, mk_version_text(f->version, version),
                check->input->name);
}

void check_text(const struct tool_run *run, const struct check *check) {
    FILE *words = run->words;
    if (!check->error.code)
        text_chain(words, check, run->common.verbose);
    for (size_t i = 0; check->recognised && i < check->seen.findings.n; i++)
        text_finding(words, &check->seen.findings.list[i]);
    if (!check->error.code) {
        fprintf(words, "  verdict: %s", mk_verdict_name(mk_inspection_verdict(&check->seen)));
        text_proof(words, &check->seen.proof);
        fprintf(words, "\n");
    }
}
