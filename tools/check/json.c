#include "check.h"

#include "report.h"

#include <mekit/action/compare.h>

static json_t *manifest_json(const struct mk_manifest_finding *m) {
    char version[MK_VERSION_ROOM], modulus[2 * MK_DIGEST_MAX + 1];
    const struct mk_signature *s = &m->signature;
    bool is_signed = s->verdict != MK_SIGNATURE_UNSIGNED;
    return json_pack("{s:s, s:s, s:I, s:I, s:s, s:i, s:I, s:s?, s:o, s:s, s:s?, s:o}", "partition",
                     m->partition, "name", m->name, "offset", (json_int_t)m->manifest.bytes.at,
                     "size", (json_int_t)m->manifest.bytes.n, "version",
                     mk_version_text(m->manifest.version, version), "key_bits",
                     (int)m->manifest.key_bits, "exponent", (json_int_t)m->manifest.exponent,
                     "scheme", is_signed ? mk_rsa_scheme_name(s->scheme) : NULL, "salt_length",
                     is_signed ? json_integer(s->salt_length) : json_null(), "result",
                     mk_signature_verdict_name(s->verdict), "modulus_sha256",
                     is_signed ? mk_digest_hex(&s->modulus, modulus) : NULL, "key", report_key(s));
}

static json_t *differences_json(const struct check *c, const struct check *first) {
    json_t *array = json_array();
    for (size_t i = 0; i < c->differences.n; i++) {
        struct mk_range r = c->differences.r[i];
        const char *region = first->recognised ? mk_compare_region(&first->image, r.start) : "";
        json_array_append_new(array, json_pack("{s:s, s:I, s:I}", "region", region, "offset",
                                               (json_int_t)r.start, "length",
                                               (json_int_t)(r.end - r.start)));
    }
    return array;
}

static void add_findings(json_t *object, const struct check *c) {
    char version[MK_VERSION_ROOM];
    json_t *manifests = json_array(), *problems = json_array();
    const struct mk_firmware *f = &c->image.firmware;
    json_object_set_new(object, "firmware",
                        json_pack("{s:s, s:s, s:i}", "family", f->family, "version",
                                  mk_version_text(f->version, version), "generation",
                                  (int)f->generation));
    json_object_set_new(object, "verdict", json_string(mk_verdict_name(c->findings.verdict)));
    for (size_t i = 0; i < c->findings.n_manifests; i++)
        json_array_append_new(manifests, manifest_json(&c->findings.manifests[i]));
    for (size_t i = 0; i < c->findings.n_problems; i++)
        json_array_append_new(problems, report_error(&c->findings.problems[i]));
    json_object_set_new(object, "manifests", manifests);
    json_object_set_new(object, "problems", problems);
}

json_t *check_json(const struct tool_run *run, const struct check *check,
                   const struct check *first) {
    json_t *object = report_start(run->tool);
    json_object_set_new(object, "input",
                        report_input(check->input, check->recognised ? &check->image : NULL));
    if (check->error.code)
        json_object_set_new(object, "error", report_error(&check->error));
    else
        add_findings(object, check);
    if (check != first)
        json_object_set_new(object, "differences", differences_json(check, first));
    json_object_set_new(object, "exit", json_integer(check->status));
    return object;
}
