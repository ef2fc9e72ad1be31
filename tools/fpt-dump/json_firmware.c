/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include "report.h"

#include <mekit/image/extent.h>

static json_t *range_json(uint64_t base, uint64_t start, uint64_t end) {
    return json_pack("{s:I, s:I}", "offset", (json_int_t)(base + start), "size",
                     (json_int_t)(end - start));
}

static json_t *entry_json(const struct mk_image *image, unsigned i) {
    const struct mk_fpt_entry *entry = &image->firmware.fpt.entries[i];
    const struct mk_fpt_entry *other = dump_entry_overlap(&image->firmware.fpt, i);
    char owner[DUMP_OWNER_ROOM];
    json_t *object = json_pack("{s:o, s:s}", "name", report_text(entry->name, sizeof entry->name),
                               "owner", dump_entry_owner(image, entry, owner));
    json_object_update_new(
        object, entry->has_data ? range_json(dump_fpt_base(image).at, entry->start, entry->end)
                                : json_pack("{s:n, s:i}", "offset", "size", 0));
    json_object_set_new(object, "type", json_integer(entry->type));
    json_object_set_new(object, "flags", json_integer(entry->flags));
    json_object_set_new(object, "clipped", json_boolean(entry->clipped));
    json_object_set_new(object, "open_ended", json_boolean(entry->open_ended));
    json_object_set_new(object, "shares_with",
                        other ? report_text(other->name, sizeof other->name) : json_null());
    json_object_set_new(object, "state", json_string(dump_entry_state(image, entry)));
    return object;
}

static json_t *table_json(const struct mk_image *image) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    json_t *entries = json_array();
    json_t *fit = json_pack("[i, i, i, i]", fpt->fit[0], fpt->fit[1], fpt->fit[2], fpt->fit[3]);
    for (unsigned i = 0; i < fpt->n; i++)
        json_array_append_new(entries, entry_json(image, i));
    return json_pack("{s:s, s:I, s:i, s:i, s:i, s:b, s:I, s:o, s:o}", "kind", "$FPT", "offset",
                     (json_int_t)(dump_fpt_base(image).at + fpt->at), "version", (int)fpt->version,
                     "header_length", (int)fpt->header_length, "checksum", (int)fpt->checksum,
                     "checksum_right", mk_fpt_sum_is_right(fpt), "flags", (json_int_t)fpt->flags,
                     "fit", fit, "entries", entries);
}

static json_t *module_json(const struct mk_image *image, const struct mk_partition *p,
                           const struct mk_module *m) {
    static const char *const kinds[] = {"raw", "huffman", "lzma", "unknown"};
    enum mk_module_state state;
    if (!mk_module_state(image->region, p, m, &state, NULL))
        return report_lack();
    json_t *object = json_pack("{s:o, s:o}", "partition", report_text(p->name, sizeof p->name),
                               "name", report_text(m->name, m->name_length));
    bool piece = m->end > m->start;
    json_object_set_new(object, "offset",
                        piece ? json_integer((json_int_t)(image->region.at + m->start))
                              : json_null());
    json_object_set_new(object, "size", json_integer((json_int_t)(m->end - m->start)));
    json_object_set_new(object, "kind",
                        json_string(m->kind == MK_MODULE_METADATA   ? "met"
                                    : m->kind == MK_MODULE_MANIFEST ? "manifest"
                                                                    : kinds[m->compression]));
    json_object_set_new(object, "first_page", json_integer(m->first_page));
    json_object_set_new(object, "pages", json_integer(m->n_pages));
    json_object_set_new(object, "code_size", json_integer(m->code_size));
    json_object_set_new(object, "stored_size", json_integer(m->stored_size));
    json_object_set_new(object, "essential", json_boolean(dump_is_kept(image, p, m)));
    json_object_set_new(object, "encrypted", json_boolean(m->encrypted));
    json_object_set_new(object, "state", json_string(mk_module_state_name(state)));
    return object;
}

/* The partition's own name, or that of the directory's first manifest. */
static json_t *manifest_name(const struct mk_partition *p) {
    for (size_t i = 0; i < p->n_modules; i++)
        if (p->modules[i].kind == MK_MODULE_MANIFEST)
            return report_text(p->modules[i].name, p->modules[i].name_length);
    return report_text(p->name, sizeof p->name);
}

static void add_key(json_t *object, const struct mk_manifest *m) {
    struct mk_signature s;
    char modulus[2 * MK_DIGEST_MAX + 1];
    bool is_signed = !m->is_unsigned;
    if (is_signed && !mk_signature_key(m, &s, NULL)) {
        report_lack();
        return;
    }
    json_object_set_new(object, "scheme",
                        is_signed ? json_string(mk_rsa_scheme_name(s.scheme)) : json_null());
    json_object_set_new(object, "modulus_sha256",
                        is_signed ? json_string(mk_digest_hex(&s.modulus, modulus)) : json_null());
    json_object_set_new(object, "key", is_signed ? report_key(&s) : json_null());
}

static json_t *manifest_json(const struct mk_partition *p) {
    char version[MK_VERSION_ROOM], date[16];
    const struct mk_manifest *m = &p->manifest;
    snprintf(date, sizeof date, "%04x-%02x-%02x", m->date >> 16, m->date >> 8 & 0xFF,
             m->date & 0xFF);
    json_t *object =
        json_pack("{s:o, s:o, s:I, s:I, s:s, s:s, s:i, s:I, s:I, s:I, s:I}", "partition",
                  report_text(p->name, sizeof p->name), "name", manifest_name(p), "offset",
                  (json_int_t)m->bytes.at, "size", (json_int_t)m->bytes.n, "version",
                  mk_version_text(m->version, version), "date", date, "key_bits", (int)m->key_bits,
                  "exponent", (json_int_t)m->exponent, "svn", (json_int_t)m->svn, "flags",
                  (json_int_t)m->flags, "modules", (json_int_t)p->n_modules);
    struct dump_security security = {0};
    bool told = dump_security_read(m, &security);
    json_object_set_new(object, "vcn", told ? json_integer(security.vcn) : json_null());
    json_object_set_new(object, "arb_svn",
                        told && security.has_arb ? json_integer(security.arb_svn) : json_null());
    add_key(object, m);
    return object;
}

static json_t *llut_json(const struct mk_llut *llut) {
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "offset", (json_int_t)llut->bytes.at,
                     "chunks", (json_int_t)llut->n, "page_size", (json_int_t)llut->page_size,
                     "addr_base", (json_int_t)llut->addr_base, "spi_base",
                     (json_int_t)llut->spi_base, "stream_start", (json_int_t)llut->stream_start,
                     "stream_length", (json_int_t)llut->stream_length);
}

static json_t *partition_json(const struct mk_image *image, const struct mk_partition *p) {
    static const char *const layouts[] = {"data", "manifest", "directory"};
    json_t *object = json_pack("{s:o}", "name", report_text(p->name, sizeof p->name));
    json_object_update_new(object, range_json(image->region.at, p->start, p->end));
    json_object_set_new(object, "boot_partition", json_integer(p->boot));
    json_object_set_new(object, "layout", json_string(layouts[p->layout]));
    json_object_set_new(object, "llut", p->has_llut ? llut_json(&p->llut) : json_null());
    json_object_set_new(object, "problem",
                        p->problem.code ? report_error(&p->problem) : json_null());
    return object;
}

void dump_json_firmware(json_t *object, const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    json_t *tables = json_array(), *partitions = json_array(), *manifests = json_array(),
           *modules = json_array();
    dump_json_cse(object, image);
    if (f->fpt.n > 0)
        json_array_append_new(tables, table_json(image));
    for (size_t i = 0; i < f->n_partitions; i++) {
        const struct mk_partition *p = &f->partitions[i];
        json_array_append_new(partitions, partition_json(image, p));
        if (p->has_manifest)
            json_array_append_new(manifests, manifest_json(p));
        for (size_t k = 0; k < p->n_modules; k++)
            json_array_append_new(modules, module_json(image, p, &p->modules[k]));
    }
    json_object_set_new(object, "partition_tables", tables);
    json_object_set_new(object, "partitions", partitions);
    json_object_set_new(object, "manifests", manifests);
    json_object_set_new(object, "modules", modules);
}
