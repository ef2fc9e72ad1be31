#include "report.h"

#include "look.h"
#include "text.h"
#include "words.h"

#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>

/* jansson drops a value that could not be made, without a word. */
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

json_t *report_sha256(struct mk_span bytes) {
    struct mk_digest digest;
    char hex[2 * MK_DIGEST_MAX + 1];
    if (!mk_digest_take(MK_SHA256, &bytes, 1, &digest, NULL))
        return report_lack();
    return json_string(mk_digest_hex(&digest, hex));
}

json_t *report_input(const struct tool_input *input, const struct mk_image *image) {
    return json_pack("{s:s, s:I, s:o, s:s, s:s?}", "name", input->name, "size",
                     (json_int_t)input->bytes.n, "sha256",
                     report_sha256(mk_buffer_span(input->bytes)), "compression", input->compression,
                     "kind", image ? mk_image_kind_name(image->kind) : NULL);
}

json_t *report_error(const struct mk_error *e) {
    char text[600];
    mk_error_text(e, text, sizeof text);
    json_t *offset = e->offset == MK_NOWHERE ? json_null() : json_integer((json_int_t)e->offset);
    return json_pack("{s:s, s:i, s:o, s:s, s:s, s:s}", "code", mk_code_name(e->code), "exit",
                     (int)mk_code_exit(e->code), "offset", offset, "what", e->what, "meaning",
                     mk_code_sentence(e->code), "text", text);
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

static void dump(FILE *to, const json_t *object) {
    if (json_dumpf(object, to, JSON_INDENT(2) | JSON_ENSURE_ASCII) != 0)
        lacking = true;
    fputs("\n", to);
}

/* An object, or each of an array: a stream. The caller frees it. Drops object. */
static char *text_of(json_t *object, struct mk_error *e) {
    struct words words;
    char *text = NULL;
    if (!object || !words_open(&words, e)) {
        json_decref(object);
        mk_fail_memory(e);
        return NULL;
    }
    for (size_t i = 0; i < json_array_size(object); i++)
        dump(words.stream, json_array_get(object, i));
    if (!json_is_array(object))
        dump(words.stream, object);
    json_decref(object);
    bool taken = words_take(&words, &text, e);
    if (taken && report_is_whole(e))
        return text;
    free(text);
    report_is_whole(NULL);
    return NULL;
}

/* Where a report has begun, to be ended once the image has gone out. */
static FILE *unfinished;

#define END "\n}\n"

/* If the image then can't be written, the same document tells that. */
static bool report_begin(const struct tool_run *run, const char *text, struct mk_error *e) {
    size_t n = strlen(text) - strlen(END);
    if (fwrite(text, 1, n, run->words) != n)
        return mk_fail(e, MK_E_IO, MK_NOWHERE, "the report could not be written");
    unfinished = text_is_json() ? stderr : run->words;
    return true;
}

bool report_has_begun(void) {
    return unfinished != NULL;
}

void report_drop(void) {
    unfinished = NULL;
}

bool report_end(const struct mk_error *e) {
    FILE *words = unfinished;
    unfinished = NULL;
    if (!words)
        return false;
    json_t *object = e ? json_pack("{s:o}", "error", report_error(e)) : NULL;
    char *text = object ? text_of(object, NULL) : NULL;
    fprintf(words, "%s%s", text ? "," : "", text ? text + 1 : END);
    free(text);
    return true;
}

bool report_prepare(const struct tool_run *run, json_t *object, struct output *o,
                    struct mk_error *e) {
    const char *path = run->common.json.text;
    char *text = text_of(object, e);
    if (!text)
        return false;
    bool done = path ? output_prepare(o, path, mk_span_of(text, strlen(text)), e)
                     : report_begin(run, text, e);
    output_own(o, text);
    return done;
}

bool report_say_error(const struct tool *tool, const char *file, const struct mk_error *e) {
    if (report_end(e))
        return true;
    json_t *object = report_start(tool), *none = json_array();
    json_object_set_new(object, "input", *file ? json_pack("{s:s}", "name", file) : json_null());
    json_object_set_new(object, "error", report_error(e));
    json_object_set_new(object, "exit", json_integer(mk_code_exit(e->code)));
    json_object_set_new(object, "findings", none);
    char *text = text_of(object, NULL);
    bool said = text && fputs(text, stderr) >= 0;
    free(text);
    return said;
}

int report_write(const struct tool_run *run, json_t *object) {
    struct mk_error e = {0};
    struct output o = {.fd = -1};
    bool done = report_prepare(run, object, &o, &e) && output_commit(&o, 1, &e);
    output_discard(&o, 1);
    if (!(run->tool->reports && text_is_json()))
        report_end(NULL);
    return done ? MK_EXIT_DONE : text_error(run->tool, "", &e);
}

int report_failure(const struct tool_run *run, const struct tool_input *input,
                   const struct mk_findings *findings, const struct mk_error *e) {
    static const struct mk_findings none;
    bool told = true;
    if (report_end(e))
        return (int)mk_code_exit(e->code);
    if (run->common.json.given) {
        json_t *object = report_start(run->tool);
        json_object_set_new(object, "input", report_input(input, NULL));
        json_object_set_new(object, "error", report_error(e));
        json_object_set_new(object, "exit", json_integer(mk_code_exit(e->code)));
        json_object_set_new(object, "findings", look_json(findings ? findings : &none));
        told = report_write(run, object) == MK_EXIT_DONE;
    }
    int status =
        text_is_json() ? (int)mk_code_exit(e->code) : text_error(run->tool, input->name, e);
    return told ? status : MK_EXIT_TROUBLE;
}
