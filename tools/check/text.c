#include "check.h"

#include <inttypes.h>
#include <mekit/action/compare.h>

#define DIFFERENCES_SHOWN 20u

static void text_manifest(FILE *words, const struct mk_manifest_finding *m) {
    char version[MK_VERSION_ROOM], md5[2 * MK_DIGEST_MAX + 1];
    const struct mk_signature *s = &m->signature;
    fprintf(words, "  %-4s %-12s 0x%08" PRIx64 "  %-16s RSA-%u %-15s  %s", m->partition, m->name,
            m->manifest.bytes.at, mk_version_text(m->manifest.version, version),
            m->manifest.key_bits, mk_rsa_scheme_name(s->scheme),
            mk_signature_verdict_name(s->verdict));
    if (s->verdict != MK_SIGNATURE_UNSIGNED)
        fprintf(words, ", key %s%s%s%s%s (MD5 %s)", s->key ? s->key->variant : "unknown",
                s->key ? " " : "", s->key ? s->key->versions : "", s->key ? ", " : "",
                s->key ? s->key->release : "", mk_digest_hex(&s->key_md5, md5));
    fprintf(words, "\n");
}

static void text_differences(FILE *words, const struct check *c, const struct check *first) {
    if (c == first)
        return;
    if (c->differences.n == 0) {
        fprintf(words, "  identical to %s\n", first->input->name);
        return;
    }
    fprintf(words, "  differs from %s in %zu places:\n", first->input->name, c->differences.n);
    for (size_t i = 0; i < c->differences.n && i < DIFFERENCES_SHOWN; i++) {
        struct mk_range r = c->differences.r[i];
        const char *region = first->recognised ? mk_compare_region(&first->image, r.start) : "";
        fprintf(words, "    0x%08" PRIx64 " - 0x%08" PRIx64 "  %s\n", r.start, r.end, region);
    }
    if (c->differences.n > DIFFERENCES_SHOWN)
        fprintf(words, "    and %zu more\n", c->differences.n - DIFFERENCES_SHOWN);
}

static void text_findings(FILE *words, const struct check *c) {
    char version[MK_VERSION_ROOM], text[600];
    const struct mk_firmware *f = &c->image.firmware;
    fprintf(words, "%s: %s, %s %s\n", c->input->name, mk_image_kind_name(c->image.kind), f->family,
            mk_version_text(f->version, version));
    for (size_t i = 0; i < c->findings.n_manifests; i++)
        text_manifest(words, &c->findings.manifests[i]);
    for (size_t i = 0; i < c->findings.problems.n; i++) {
        mk_error_text(&c->findings.problems.list[i], text, sizeof text);
        fprintf(words, "  %s\n", text);
    }
    fprintf(words, "  verdict: %s\n", mk_verdict_name(c->findings.verdict));
}

void check_text(const struct tool_run *run, const struct check *check, const struct check *first) {
    if (!check->error.code)
        text_findings(run->words, check);
    text_differences(run->words, check, first);
}
