/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "look.h"
#include "report.h"

#include <mekit/action/compare.h>

static json_t *binding_json(const struct mk_key_binding *b) {
    if (!b->listed)
        return json_null();
    return json_pack("{s:i, s:s, s:s, s:b}", "usage", b->usage, "name", mk_usage_name(b->usage),
                     "by", b->by, "trusted", b->trusted);
}

static json_t *manifest_json(const struct mk_manifest_link *m) {
    char version[MK_VERSION_ROOM], modulus[2 * MK_DIGEST_MAX + 1];
    const struct mk_signature *s = &m->signature;
    bool is_signed = s->verdict != MK_SIGNATURE_UNSIGNED;
    bool has_scheme = is_signed && s->verdict != MK_SIGNATURE_UNSUPPORTED;
    return json_pack("{s:s, s:s, s:I, s:I, s:s, s:i, s:I, s:s?, s:o, s:s, s:s?, s:o, s:o}",
                     "partition", m->partition, "name", m->name, "offset",
                     (json_int_t)m->manifest.bytes.at, "size", (json_int_t)m->manifest.bytes.n,
                     "version", mk_version_text(m->manifest.version, version), "key_bits",
                     (int)m->manifest.key_bits, "exponent", (json_int_t)m->manifest.exponent,
                     "scheme", has_scheme ? mk_rsa_scheme_name(s->scheme) : NULL, "salt_length",
                     has_scheme ? json_integer(s->salt_length) : json_null(), "result",
                     mk_signature_verdict_name(s->verdict), "modulus_sha256",
                     is_signed ? mk_digest_hex(&s->modulus, modulus) : NULL, "key", report_key(s),
                     "listed", binding_json(&m->binding));
}

static json_t *partition_json(const struct mk_image *image, const struct mk_partition_link *f) {
    const struct mk_partition *p = f->partition;
    json_t *object = json_pack(
        "{s:o, s:I, s:I, s:s, s:b}", "name", report_text(p->name, sizeof p->name), "offset",
        (json_int_t)(image->region.at + p->start), "size", (json_int_t)(p->end - p->start),
        "hash_result", f->has_hash ? mk_check_name(f->hash) : "none", "explained", f->explained);
    return object;
}

/* If a codebook proved the module, its two digests form a row of the catalogue. */
static void add_means(json_t *object, const struct mk_module_link *f) {
    char stored[2 * MK_DIGEST_MAX + 1], hash[2 * MK_DIGEST_MAX + 1];
    struct mk_digest told = {.kind = MK_SHA256, .n = MK_HASH_256};
    json_object_set_new(object, "means", json_string(mk_means_name(f->means)));
    if (!f->has_stored || !mk_span_copy(f->module->hash, 0, told.bytes, told.n))
        return;
    json_object_set_new(object, "signed_hash", json_string(mk_digest_hex(&told, hash)));
    json_object_set_new(object, "stored_digest", json_string(mk_digest_hex(&f->stored, stored)));
    json_object_set_new(object, "stored_how",
                        json_string(mk_stored_by_pages(f->module) ? "pages" : "bytes"));
}

static json_t *module_json(const struct mk_module_link *f) {
    const struct mk_module *m = f->module;
    const struct mk_partition *p = f->partition;
    bool piece = m->end > m->start;
    json_t *object = json_pack("{s:o, s:o}", "partition", report_text(p->name, sizeof p->name),
                               "name", report_text(m->name, m->name_length));
    json_object_set_new(object, "offset",
                        piece ? json_integer((json_int_t)m->stored.at) : json_null());
    json_object_set_new(
        object, "size",
        json_integer((json_int_t)(m->stored_size ? m->stored_size : m->end - m->start)));
    json_object_set_new(object, "kind", json_string(mk_module_link_kind(f)));
    json_object_set_new(object, "hash_algorithm",
                        f->has_digest ? json_string(mk_digest_name(f->digest)) : json_null());
    json_object_set_new(object, "covers",
                        f->has_digest ? json_string(f->unpacked ? "decompressed" : "stored")
                                      : json_null());
    json_object_set_new(object, "result", json_string(mk_check_name(f->result)));
    json_object_set_new(object, "reason", *f->reason ? json_string(f->reason) : json_null());
    add_means(object, f);
    return object;
}

static void add_links(json_t *object, const struct check *c) {
    const struct mk_chain *f = &c->seen.chain;
    json_t *partitions = json_array(), *modules = json_array();
    for (size_t i = 0; i < f->n_partitions; i++)
        json_array_append_new(partitions, partition_json(&c->image, &f->partitions[i]));
    for (size_t i = 0; i < f->n_modules; i++)
        json_array_append_new(modules, module_json(&f->modules[i]));
    json_object_set_new(object, "partitions", partitions);
    json_object_set_new(object, "modules", modules);
    json_object_set_new(
        object, "coverage",
        json_pack("{s:I, s:I, s:I, s:I}", "signed", (json_int_t)f->coverage.is_signed, "hashed",
                  (json_int_t)f->coverage.hashed, "unhashed", (json_int_t)f->coverage.unhashed,
                  "erased", (json_int_t)f->coverage.erased));
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

static json_t *errors_json(const struct mk_errors *errors) {
    json_t *array = json_array();
    for (size_t i = 0; i < errors->n; i++)
        json_array_append_new(array, report_error(&errors->list[i]));
    return array;
}

static void add_findings(json_t *object, const struct check *c) {
    char version[MK_VERSION_ROOM];
    json_t *manifests = json_array();
    const struct mk_firmware *f = &c->image.firmware;
    json_object_set_new(object, "firmware",
                        json_pack("{s:s, s:s, s:i, s:s}", "family", f->family, "version",
                                  mk_version_text(f->version, version), "generation",
                                  (int)f->generation, "generation_name",
                                  mk_generation_name(f->generation)));
    json_object_set_new(object, "verdict",
                        json_string(mk_verdict_name(mk_inspection_verdict(&c->seen))));
    json_object_set_new(object, "proof",
                        json_pack("{s:i, s:i, s:I}", "boot_modules",
                                  (int)c->seen.proof.boot_modules, "proven",
                                  (int)c->seen.proof.proven, "unproven_bytes",
                                  (json_int_t)c->seen.proof.unproven_bytes));
    for (size_t i = 0; i < c->seen.chain.n_manifests; i++)
        json_array_append_new(manifests, manifest_json(&c->seen.chain.manifests[i]));
    json_object_set_new(object, "manifests", manifests);
    add_links(object, c);
    json_object_set_new(object, "problems", errors_json(&c->seen.chain.problems));
    json_object_set_new(object, "remarks", errors_json(&c->seen.chain.remarks));
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
    json_object_set_new(object, "findings", look_json(&check->seen.findings));
    if (check != first)
        json_object_set_new(object, "differences", differences_json(check, first));
    json_object_set_new(object, "exit", json_integer(check->status));
    return object;
}
