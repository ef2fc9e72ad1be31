/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "threads.h"

#include <mekit/base/text.h>
#include <stdlib.h>

/* jansson silently drops a value for which there was no memory. */
static bool lacking;

static void *allocate(size_t n) {
    void *p = malloc(n);
    lacking = lacking || !p;
    return p;
}

bool report_is_whole(struct mk_error *e) {
    bool whole = !lacking;
    lacking = false;
    return whole ? true : mk_fail_memory(e);
}

json_t *report_list(void) {
    json_set_alloc_funcs(allocate, free);
    return json_array();
}

json_t *report_lack(void) {
    lacking = true;
    return NULL;
}

json_t *report_start(const struct tool *tool) {
    json_set_alloc_funcs(allocate, free);
    return json_pack("{s:s, s:s, s:s}", "schema", "mekit/1", "tool", tool->name, "version",
                     MEKIT_VERSION);
}

json_t *report_text(const uint8_t *bytes, size_t n) {
    char masked[MK_TEXT_ROOM(64)];
    return json_string(mk_text_mask(masked, sizeof masked, bytes, n));
}

json_t *report_hex(struct mk_span bytes) {
    static const char digits[] = "0123456789abcdef";
    char *text = allocate(2 * bytes.n + 1);
    if (!text)
        return NULL;
    for (size_t i = 0; i < bytes.n; i++) {
        uint8_t byte = mk_span_u8(bytes, i);
        text[2 * i] = digits[byte >> 4];
        text[2 * i + 1] = digits[byte & 15];
    }
    json_t *hex = json_stringn(text, 2 * bytes.n);
    free(text);
    return hex;
}

static json_t *digest_json(const struct mk_digest *digest) {
    char hex[2 * MK_DIGEST_MAX + 1];
    return json_string(mk_digest_hex(digest, hex));
}

json_t *report_sha256(struct mk_span bytes) {
    struct mk_digest digest;
    if (!mk_digest_take(MK_SHA256, &bytes, 1, &digest, NULL))
        return report_lack();
    return digest_json(&digest);
}

static json_t *input_sha256(const struct tool_input *input) {
    threads_finish();
    return input->hashed ? digest_json(&input->sha256)
                         : report_sha256(mk_buffer_span(input->bytes));
}

json_t *report_input(const struct tool_input *input, const struct mk_image *image) {
    return json_pack("{s:s, s:I, s:o, s:s, s:s?}", "name", input->name, "size",
                     (json_int_t)input->bytes.n, "sha256", input_sha256(input), "compression",
                     input->compression, "kind", image ? mk_image_kind_name(image->kind) : NULL);
}

json_t *report_name(const char *name) {
    return *name ? json_pack("{s:s}", "name", name) : json_null();
}

json_t *report_error(const struct mk_error *e) {
    char text[600];
    mk_error_text(e, text, sizeof text);
    json_t *offset = e->offset == MK_NOWHERE ? json_null() : json_integer((json_int_t)e->offset);
    return json_pack("{s:s, s:i, s:o, s:s, s:s, s:s}", "code", mk_code_name(e->code), "exit",
                     (int)mk_code_exit(e->code), "offset", offset, "what", e->what, "meaning",
                     mk_code_sentence(e->code), "text", text);
}

void report_refuse(json_t *object, const struct mk_error *e, json_t *findings) {
    json_object_set_new(object, "error", report_error(e));
    json_object_set_new(object, "exit", json_integer(mk_code_exit(e->code)));
    json_object_set_new(object, "findings", findings);
}

json_t *report_key(const struct mk_signature *s) {
    char md5[2 * MK_DIGEST_MAX + 1];
    if (!s->key)
        return json_pack("{s:b, s:n, s:n, s:n, s:s}", "known", 0, "variant", "versions", "release",
                         "md5", mk_digest_hex(&s->key_md5, md5));
    return json_pack("{s:b, s:s, s:s, s:s, s:s}", "known", 1, "variant", s->key->variant,
                     "versions", s->key->versions, "release", s->key->release, "md5",
                     mk_digest_hex(&s->key_md5, md5));
}

static json_t *edit_json(const struct mk_plan *plan, const struct mk_edit *edit) {
    struct mk_span old = mk_span_clip(plan->image, edit->offset, edit->length);
    json_t *object = json_pack("{s:I, s:I, s:o}", "offset", (json_int_t)edit->offset, "length",
                               (json_int_t)edit->length, "old_sha256", report_sha256(old));
    if (edit->kind == MK_EDIT_FILL)
        json_object_set_new(object, "fill", json_integer(edit->fill));
    else if (edit->kind == MK_EDIT_BYTES && !edit->owned)
        json_object_set_new(object, "new_sha256",
                            report_sha256(mk_span_of(edit->bytes, (size_t)edit->length)));
    else if (edit->kind == MK_EDIT_BYTES)
        json_object_set_new(object, "new",
                            report_hex(mk_span_of(edit->bytes, (size_t)edit->length)));
    else
        json_object_set_new(object, "moved_from", json_integer((json_int_t)edit->from));
    json_object_set_new(object, "why", json_string(edit->why));
    return object;
}

json_t *report_plan(const struct tool_run *run, const struct mk_image *image,
                    const struct mk_plan *plan) {
    static const char *const levels[] = {"fact", "detail", "warning"};
    json_t *object = report_start(run->tool), *edits = json_array(), *remarks = json_array();
    json_object_set_new(object, "input", report_input(&run->inputs[0], image));
    for (size_t i = 0; i < plan->n_edits; i++)
        json_array_append_new(edits, edit_json(plan, &plan->edits[i]));
    for (size_t i = 0; i < plan->n_remarks; i++)
        json_array_append_new(remarks,
                              json_pack("{s:s, s:s}", "level", levels[plan->remarks[i].level],
                                        "text", plan->remarks[i].text));
    json_object_set_new(object, "edits", edits);
    json_object_set_new(object, "remarks", remarks);
    json_object_set_new(object, "window",
                        json_pack("{s:I, s:I}", "offset", (json_int_t)plan->window_offset, "length",
                                  (json_int_t)plan->window_length));
    json_object_set_new(object, "changed", json_boolean(mk_plan_changes(plan)));
    return object;
}

json_t *report_output(struct mk_span output) {
    return json_pack("{s:I, s:o}", "size", (json_int_t)output.n, "sha256", report_sha256(output));
}
