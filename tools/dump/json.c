#include "dump.h"

#include "report.h"

#include <mekit/base/text.h>

static json_t *range_json(uint64_t base, uint64_t start, uint64_t end) {
    return json_pack("{s:I, s:I}", "offset", (json_int_t)(base + start), "size",
                     (json_int_t)(end - start));
}

static json_t *entry_json(const struct mk_image *image, const struct mk_fpt_entry *entry) {
    json_t *object = entry->has_data ? range_json(image->region.at, entry->start, entry->end)
                                     : json_pack("{s:n, s:i}", "offset", "size", 0);
    json_object_set_new(object, "name", report_text(entry->name, sizeof entry->name));
    json_object_set_new(object, "type", json_integer(entry->type));
    json_object_set_new(object, "flags", json_integer(entry->flags));
    json_object_set_new(object, "clipped", json_boolean(entry->clipped));
    json_object_set_new(object, "state", json_string(dump_entry_state(image, entry)));
    return object;
}

static json_t *table_json(const struct mk_image *image) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    json_t *entries = json_array();
    for (unsigned i = 0; i < fpt->n; i++)
        json_array_append_new(entries, entry_json(image, &fpt->entries[i]));
    return json_pack("{s:s, s:I, s:i, s:i, s:i, s:b, s:I, s:o}", "kind", "$FPT", "offset",
                     (json_int_t)(image->region.at + fpt->at), "version", (int)fpt->version,
                     "header_length", (int)fpt->header_length, "checksum", (int)fpt->checksum,
                     "checksum_right", fpt->checksum == fpt->checksum_expected, "flags",
                     (json_int_t)fpt->flags, "entries", entries);
}

static json_t *module_json(const struct mk_image *image, const struct mk_partition *p,
                           const struct mk_module *m) {
    static const char *const kinds[] = {"raw", "huffman", "lzma", "unknown"};
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
    json_object_set_new(object, "essential", json_boolean(m->essential));
    json_object_set_new(object, "encrypted", json_boolean(m->encrypted));
    json_object_set_new(object, "erased",
                        json_boolean(m->stored.n > 0 && mk_span_is_filled(m->stored, 0xFF)));
    return object;
}

static json_t *manifest_json(const struct mk_partition *p) {
    char version[MK_VERSION_ROOM];
    const struct mk_manifest *m = &p->manifest;
    return json_pack("{s:o, s:I, s:I, s:s, s:i, s:I, s:I, s:I, s:I}", "partition",
                     report_text(p->name, sizeof p->name), "offset", (json_int_t)m->bytes.at,
                     "size", (json_int_t)m->bytes.n, "version",
                     mk_version_text(m->version, version), "key_bits", (int)m->key_bits, "exponent",
                     (json_int_t)m->exponent, "svn", (json_int_t)m->svn, "flags",
                     (json_int_t)m->flags, "modules", (json_int_t)p->n_modules);
}

static json_t *partition_json(const struct mk_image *image, const struct mk_partition *p) {
    static const char *const layouts[] = {"data", "manifest", "directory"};
    json_t *object = json_pack("{s:o}", "name", report_text(p->name, sizeof p->name));
    json_object_update_new(object, range_json(image->region.at, p->start, p->end));
    json_object_set_new(object, "layout", json_string(layouts[p->layout]));
    json_object_set_new(object, "problem",
                        p->problem.code ? report_error(&p->problem) : json_null());
    return object;
}

static void add_firmware(json_t *object, const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    json_t *tables = json_array(), *partitions = json_array(), *manifests = json_array(),
           *modules = json_array();
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

static json_t *state_json(const struct mk_image *image) {
    struct dump_state state;
    const char *name;
    size_t i = 0;
    json_t *names = json_array();
    dump_state_read(image, &state);
    while ((name = dump_state_name(&state, &i)))
        json_array_append_new(names, json_string(name));
    return names;
}

json_t *dump_json(const struct tool_run *run, const struct mk_image *image) {
    static const char *const states[] = {"absent",   "disabled", "erased",
                                         "firmware", "cse",      "unknown"};
    char version[MK_VERSION_ROOM];
    const struct mk_firmware *f = &image->firmware;
    json_t *object = report_start(run->tool);
    json_object_set_new(object, "input", report_input(&run->inputs[0], image));
    json_object_set_new(object, "state", state_json(image));
    json_object_set_new(object, "descriptor",
                        image->has_descriptor ? dump_json_descriptor(&image->descriptor)
                                              : json_null());
    json_object_set_new(object, "me", json_string(states[image->me]));
    json_object_set_new(object, "problem",
                        image->problem.code ? report_error(&image->problem) : json_null());
    json_object_set_new(object, "firmware",
                        json_pack("{s:s, s:s, s:i}", "family", f->family, "version",
                                  mk_version_text(f->version, version), "generation",
                                  (int)f->generation));
    add_firmware(object, image);
    return object;
}
