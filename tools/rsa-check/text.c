/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "column.h"
#include "look.h"

#include <inttypes.h>
#include <mekit/base/text.h>
#include <string.h>

/* ---- signatures and keys ---- */

/* True if one line can report both manifests. An owner wants to know whether they are valid; -v
 * adds every key and its lister. */
static bool is_told_with(const struct mk_manifest_link *a, const struct mk_manifest_link *b,
                         bool verbose) {
    const struct mk_signature *s = &a->signature, *t = &b->signature;
    if (s->verdict != t->verdict)
        return false;
    if (!verbose && s->key && t->key)
        return strcmp(s->key->release, t->key->release) == 0;
    return s->key == t->key &&
           (s->verdict == MK_SIGNATURE_UNSIGNED ||
            mk_digest_equals(&s->key_md5, mk_span_of(t->key_md5.bytes, t->key_md5.n), false)) &&
           a->binding.listed == b->binding.listed && a->binding.usage == b->binding.usage;
}

/* The first manifest that shares its line. */
static size_t first_like(const struct mk_chain *f, size_t i, bool verbose) {
    size_t k = 0;
    while (k < i && !is_told_with(&f->manifests[k], &f->manifests[i], verbose))
        k++;
    return k;
}

/* True if an earlier manifest of the line has the same partition. */
static bool is_named(const struct mk_chain *f, size_t first, size_t i, bool verbose) {
    for (size_t k = first; k < i; k++)
        if (first_like(f, k, verbose) == first &&
            strcmp(f->manifests[k].partition, f->manifests[i].partition) == 0)
            return true;
    return false;
}

static bool is_key_named(const struct mk_chain *f, size_t first, size_t i) {
    for (size_t k = first; k < i; k++)
        if (first_like(f, k, false) == first &&
            f->manifests[k].signature.key == f->manifests[i].signature.key)
            return true;
    return false;
}

/* Prints the known keys of a line, each once. */
static void text_known(FILE *words, const struct mk_chain *f, size_t first, bool verbose) {
    const char *mark = ", key ";
    for (size_t i = first; i < f->n_manifests; i++) {
        const struct mk_known_key *key = f->manifests[i].signature.key;
        if (first_like(f, i, verbose) != first || is_key_named(f, first, i))
            continue;
        fprintf(words, "%s%s %s", mark, key->variant, key->versions);
        mark = " or ";
        if (verbose)
            break;
    }
    fprintf(words, ", %s", f->manifests[first].signature.key->release);
}

static void text_key(FILE *words, const struct mk_chain *f, size_t first, bool verbose) {
    char md5[2 * MK_DIGEST_MAX + 1];
    const struct mk_manifest_link *m = &f->manifests[first];
    const struct mk_known_key *key = m->signature.key;
    if (m->signature.verdict == MK_SIGNATURE_UNSIGNED)
        return;
    if (key)
        text_known(words, f, first, verbose);
    else if (!m->binding.listed)
        fprintf(words, ", key unknown");
    if (m->binding.listed && (verbose || !key))
        fprintf(words, ", listed by %s for usage %d, %s", m->binding.by, m->binding.usage,
                mk_usage_name(m->binding.usage));
    if (verbose || (!key && !m->binding.listed))
        fprintf(words, ", MD5 %s", mk_digest_hex(&m->signature.key_md5, md5));
}

static void text_signatures(FILE *words, const struct mk_chain *f, bool verbose) {
    for (size_t i = 0; i < f->n_manifests; i++) {
        enum mk_signature_verdict verdict = f->manifests[i].signature.verdict;
        if (first_like(f, i, verbose) != i)
            continue;
        fprintf(words, "  signature   ");
        for (size_t k = i; k < f->n_manifests; k++)
            if (first_like(f, k, verbose) == i && !is_named(f, i, k, verbose))
                fprintf(words, "%s%s", k > i ? ", " : "", f->manifests[k].partition);
        fprintf(words, ": %s%s" COLUMN_PLAIN,
                verdict == MK_SIGNATURE_VALID     ? COLUMN_GOOD
                : verdict == MK_SIGNATURE_INVALID ? COLUMN_BAD
                                                  : "",
                mk_signature_verdict_name(verdict));
        text_key(words, f, i, verbose);
        fprintf(words, "\n");
    }
}

static void text_manifest(FILE *words, const struct mk_manifest_link *link) {
    char version[MK_VERSION_ROOM];
    const struct mk_signature *s = &link->signature;
    fprintf(words, "    %-4s %-12s 0x%08" PRIx64 "  %-14s RSA-%u %s, %s\n", link->partition,
            link->name, link->manifest.bytes.at, mk_version_text(link->manifest.version, version),
            link->manifest.key_bits,
            s->verdict == MK_SIGNATURE_UNSUPPORTED ? "?" : mk_rsa_scheme_name(s->scheme),
            mk_signature_verdict_name(s->verdict));
}

/* ---- hashes ---- */

static void text_module(FILE *words, const struct mk_module_link *m) {
    char partition[MK_TEXT_ROOM(4)], name[MK_TEXT_ROOM(16)];
    mk_text_mask(partition, sizeof partition, m->partition->name, 4);
    mk_text_mask(name, sizeof name, m->module->name, m->module->name_length);
    fprintf(words, "    %-4s %-16s %-8s %s%s%s\n", partition, name, mk_module_link_kind(m),
            mk_check_name(m->result), *m->reason ? ": " : "", m->reason);
}

struct tally {
    size_t n[4], all;
};

/* partition NULL: counts all. */
static struct tally count(const struct mk_chain *f, const struct mk_partition *partition) {
    struct tally t = {.all = 0};
    for (size_t i = 0; i < f->n_modules; i++) {
        bool counts = !partition || f->modules[i].partition == partition;
        t.n[f->modules[i].result] += counts;
        t.all += counts;
    }
    return t;
}

static void text_tally(FILE *words, struct tally t) {
    fprintf(words, "%zu of %zu module%s match", t.n[MK_CHECK_MATCH], t.all, t.all == 1 ? "" : "s");
    for (enum mk_check i = MK_CHECK_MISMATCH; i <= MK_CHECK_UNCHECKED; i++)
        if (t.n[i] > 0)
            fprintf(words, ", %zu %s", t.n[i], mk_check_name(i));
    fprintf(words, "\n");
}

static void text_partition(FILE *words, const struct check *c, const struct mk_partition_link *p,
                           bool verbose) {
    struct tally t = count(&c->seen.chain, p->partition);
    char name[MK_TEXT_ROOM(4)];
    bool odd = p->has_hash && p->hash == MK_CHECK_MISMATCH;
    if (!odd && (!verbose || (t.all == 0 && !p->has_hash)))
        return;
    fprintf(words, "    %-4s ", mk_text_mask(name, sizeof name, p->partition->name, 4));
    if (p->has_hash)
        fprintf(words, "partition hash %s%s; ", mk_check_name(p->hash),
                p->explained ? " (as on stock SPS, or after a strip)" : "");
    text_tally(words, t);
}

static void text_modules(FILE *words, const struct check *c, bool verbose) {
    const struct mk_chain *f = &c->seen.chain;
    struct tally t = count(f, NULL);
    if (t.all > 0) {
        fprintf(words, "  hashes      ");
        text_tally(words, t);
    }
    for (size_t i = 0; i < f->n_partitions; i++)
        text_partition(words, c, &f->partitions[i], verbose);
    for (size_t i = 0; i < f->n_modules; i++)
        if (verbose || f->modules[i].result == MK_CHECK_MISMATCH)
            text_module(words, &f->modules[i]);
}

static void text_coverage(FILE *words, const struct check *c, bool verbose) {
    const struct mk_coverage *v = &c->seen.chain.coverage;
    uint64_t at = c->image.region.at;
    char is_signed[COLUMN_SIZE_ROOM], hashed[COLUMN_SIZE_ROOM], erased[COLUMN_SIZE_ROOM],
        rest[COLUMN_SIZE_ROOM];
    fprintf(words, "  bytes       %s signed, %s hashed, %s erased, %s unhashed\n",
            column_size(v->is_signed, is_signed), column_size(v->hashed, hashed),
            column_size(v->erased, erased), column_size(v->unhashed, rest));
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

static void text_proof(FILE *words, const struct mk_proof *p) {
    if (p->boot_modules > 0 && p->proven == p->boot_modules)
        fprintf(words, "; boot code proven (%u module%s)", p->proven, p->proven == 1 ? "" : "s");
    else if (p->boot_modules > 0)
        fprintf(words, "; boot code NOT proven (%u of %u module%s)", p->boot_modules - p->proven,
                p->boot_modules, p->boot_modules == 1 ? "" : "s");
}

static void text_verdict(FILE *words, const struct check *c) {
    enum mk_verdict verdict = mk_inspection_verdict(&c->seen);
    fprintf(words, "  " COLUMN_BOLD "verdict: %s%s" COLUMN_PLAIN,
            verdict == MK_VERDICT_VALID ? COLUMN_GOOD : COLUMN_BAD, mk_verdict_name(verdict));
    text_proof(words, &c->seen.proof);
    fprintf(words, "\n");
}

static void text_chain(FILE *words, const struct check *c, bool verbose) {
    const struct mk_chain *f = &c->seen.chain;
    text_signatures(words, f, verbose);
    for (size_t i = 0; verbose && i < f->n_manifests; i++)
        text_manifest(words, &f->manifests[i]);
    text_modules(words, c, verbose);
    text_coverage(words, c, verbose);
    text_errors(words, "remark: ", &f->remarks);
}

static void text_name(FILE *words, const struct check *c) {
    char version[MK_VERSION_ROOM];
    const struct mk_firmware *f = &c->image.firmware;
    fprintf(words, COLUMN_BOLD "%s" COLUMN_PLAIN ": %s", c->input->name,
            mk_image_kind_name(c->image.kind));
    if (f->n_partitions > 0)
        fprintf(words, ", %s %s", f->family, mk_version_text(f->version, version));
    fprintf(words, "\n");
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

void check_text(FILE *words, const struct check *check, bool verbose) {
    if (!check->error.code || (check->recognised && check->seen.findings.n > 0))
        text_name(words, check);
    if (!check->error.code)
        text_chain(words, check, verbose);
    for (size_t i = 0; check->recognised && i < check->seen.findings.n; i++)
        look_row(words, &check->seen.findings.list[i]);
    if (!check->error.code)
        text_verdict(words, check);
}
