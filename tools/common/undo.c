/* SPDX-License-Identifier: MIT */
#include "undo.h"

#include "input.h"
#include "report.h"
#include "room.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static json_t *old_piece(const struct mk_plan *plan, uint64_t offset, uint64_t length) {
    struct mk_span old = mk_span_clip(plan->image, offset, length);
    uint8_t first = old.n > 0 ? mk_span_u8(old, 0) : 0;
    if (mk_span_is_filled(old, first))
        return json_pack("{s:I, s:I, s:i}", "offset", (json_int_t)offset, "length",
                         (json_int_t)old.n, "fill", (int)first);
    return json_pack("{s:I, s:o}", "offset", (json_int_t)offset, "bytes", report_hex(old));
}

json_t *undo_start(const struct tool_run *run, const struct mk_plan *plan) {
    json_t *record = report_start(run->tool), *old = json_array();
    uint64_t end = plan->window_offset + plan->window_length;
    for (size_t i = 0; i < plan->n_edits; i++)
        json_array_append_new(old, old_piece(plan, plan->edits[i].offset, plan->edits[i].length));
    if (plan->window_offset > 0)
        json_array_append_new(old, old_piece(plan, 0, plan->window_offset));
    if (end < plan->image.n)
        json_array_append_new(old, old_piece(plan, end, plan->image.n - end));
    json_object_set_new(record, "input", report_output(plan->image));
    json_object_set_new(record, "window",
                        json_pack("{s:I, s:I}", "offset", (json_int_t)plan->window_offset, "length",
                                  (json_int_t)plan->window_length));
    json_object_set_new(record, "old", old);
    return record;
}

void undo_finish(json_t *record, struct mk_span output) {
    json_object_set_new(record, "output", report_output(output));
}

static bool fail_record(struct mk_error *e, const char *what) {
    return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "the undo record %s", what);
}

static bool load(const char *path, uint64_t max_size, json_t **record, struct mk_error *e) {
    struct mk_buffer text;
    json_error_t why;
    int fd = input_open(path);
    if (fd < 0)
        return mk_fail(e, MK_E_IO, MK_NOWHERE, "can't open the undo record: %s", strerror(errno));
    /* Hex takes two characters per byte; everything else is small. */
    bool read = input_slurp(fd, 3 * max_size, &text, e);
    close(fd);
    if (!read)
        return false;
    *record = json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES, &why);
    room_free(text.p);
    if (!*record && json_error_code(&why) == json_error_out_of_memory)
        return mk_fail_memory(e);
    return *record ? true : fail_record(e, "is not JSON");
}

struct record {
    json_int_t input_size, output_size, window_offset, window_length;
    const char *input_sha256, *output_sha256;
    json_t *old;
};

static bool unpack_record(json_t *json, struct record *r, struct mk_error *e) {
    const char *schema;
    if (json_unpack(json, "{s:s, s:{s:I, s:s}, s:{s:I, s:s}, s:{s:I, s:I}, s:o}", "schema", &schema,
                    "input", "size", &r->input_size, "sha256", &r->input_sha256, "output", "size",
                    &r->output_size, "sha256", &r->output_sha256, "window", "offset",
                    &r->window_offset, "length", &r->window_length, "old", &r->old) != 0 ||
        strcmp(schema, "mekit/1") != 0 || !json_is_array(r->old))
        return fail_record(e, "is incomplete, or of another kind");
    if (r->input_size < 0 || r->window_offset < 0 || r->window_length != r->output_size)
        return fail_record(e, "contradicts itself");
    return true;
}

/* False: MEMORY in e, or other bytes, for which the caller makes the error. */
static bool has_digest(struct mk_span bytes, const char *wanted, struct mk_error *e) {
    struct mk_digest digest;
    char hex[2 * MK_DIGEST_MAX + 1];
    return mk_digest_take(MK_SHA256, &bytes, 1, &digest, e) &&
           strcmp(mk_digest_hex(&digest, hex), wanted) == 0;
}

static int nibble(char c) {
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static bool put_hex(const char *hex, uint64_t offset, struct mk_buffer b) {
    size_t n = strlen(hex) / 2;
    if (strlen(hex) % 2 != 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        int high = nibble(hex[2 * i]), low = nibble(hex[2 * i + 1]);
        uint8_t byte = (uint8_t)(high << 4 | low);
        if (high < 0 || low < 0 || !mk_buffer_put(b, offset + i, &byte, 1))
            return false;
    }
    return true;
}

static bool put_piece(const json_t *piece, struct mk_buffer b) {
    json_t *offset = json_object_get(piece, "offset"), *fill = json_object_get(piece, "fill");
    json_t *length = json_object_get(piece, "length"), *bytes = json_object_get(piece, "bytes");
    if (!json_is_integer(offset) || json_integer_value(offset) < 0)
        return false;
    uint64_t at = (uint64_t)json_integer_value(offset);
    if (json_is_string(bytes))
        return put_hex(json_string_value(bytes), at, b);
    return json_is_integer(fill) && json_is_integer(length) && json_integer_value(length) >= 0 &&
           mk_buffer_fill(b, at, (uint64_t)json_integer_value(length),
                          (uint8_t)json_integer_value(fill));
}

static bool rebuild(const struct record *r, struct mk_span output, struct mk_buffer b,
                    struct mk_error *e) {
    size_t i;
    json_t *piece;
    if (!mk_buffer_put(b, (uint64_t)r->window_offset, output.p, output.n))
        return fail_record(e, "contradicts itself");
    json_array_foreach(r->old, i, piece) {
        if (!put_piece(piece, b))
            return fail_record(e, "has a piece that does not fit");
    }
    if (has_digest(mk_buffer_span(b), r->input_sha256, e))
        return true;
    return e->code == MK_E_MEMORY ? false : fail_record(e, "does not restore its input");
}

static bool fail_other_image(struct mk_error *e) {
    mk_fail(e, MK_E_CONTRADICTION, MK_NOWHERE, "the undo record was not written for this image");
    e->next = "Give the unchanged image that was written together with it";
    return false;
}

static bool apply(const struct record *r, struct mk_span output, uint64_t max_size,
                  struct mk_buffer *original, struct mk_error *e) {
    if ((uint64_t)r->output_size != output.n || !has_digest(output, r->output_sha256, e))
        return e->code == MK_E_MEMORY ? false : fail_other_image(e);
    if ((uint64_t)r->input_size > max_size)
        return mk_fail_limit(e, MK_E_TOO_LARGE, MK_NOWHERE, (uint64_t)r->input_size, max_size,
                             "bytes of the original");
    *original = (struct mk_buffer){calloc((size_t)r->input_size + 1, 1), (size_t)r->input_size};
    if (!original->p)
        return mk_fail_memory(e);
    if (rebuild(r, output, *original, e))
        return true;
    free(original->p);
    return false;
}

bool undo_apply(const char *path, struct mk_span output, uint64_t max_size,
                struct mk_buffer *original, struct mk_error *e) {
    json_t *json = NULL;
    struct record r;
    if (!load(path, max_size, &json, e))
        return false;
    bool done = unpack_record(json, &r, e) && apply(&r, output, max_size, original, e);
    json_decref(json);
    return done;
}
