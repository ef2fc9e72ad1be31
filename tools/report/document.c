/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "words.h"

#include <stdlib.h>
#include <string.h>

static bool is_json;

void report_choose_errors(const struct tool_run *run) {
    const struct tool_common *c = &run->common;
    is_json = c->json.given && !c->json.text && (!run->tool->reports || c->pass);
}

void report_expect_errors(const struct tool *tool, int argc, char **argv) {
    bool json = false, pass = !tool->reports;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        json = json || strcmp(argv[i], "--json") == 0;
        pass = pass || strcmp(argv[i], "--pass") == 0;
    }
    is_json = json && pass;
}

bool report_says_errors(void) {
    return is_json;
}

static void dump(FILE *to, const json_t *object) {
    if (json_dumpf(object, to, JSON_INDENT(2) | JSON_ENSURE_ASCII) != 0)
        report_lack();
    fputs("\n", to);
}

/* The text of an object, or of each object of an array (a stream). The caller frees it. Drops
 * object. */
static char *text_of(json_t *object, struct mk_error *e) {
    struct words words;
    char *text = NULL;
    if (!object || !words_open(&words, e)) {
        json_decref(object);
        report_is_whole(NULL); /* clear the hole for the next document */
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

/* The stream of a begun report, which ends once the image is written. */
static FILE *unfinished;

#define END "\n}\n"

/* Leave the document open: if writing the image fails, the same document says so. */
static bool report_begin(const struct tool_run *run, const char *text, struct mk_error *e) {
    size_t n = strlen(text) - strlen(END);
    if (fwrite(text, 1, n, run->words) != n)
        return mk_fail(e, MK_E_IO, MK_NOWHERE, "the report could not be written");
    unfinished = report_says_errors() ? stderr : run->words;
    return true;
}

bool report_has_begun(void) {
    return unfinished != NULL;
}

void report_drop(void) {
    unfinished = NULL;
}

void report_end(void) {
    if (unfinished)
        fputs(END, unfinished);
    unfinished = NULL;
}

bool report_end_with(const struct mk_error *e) {
    if (!unfinished)
        return false;
    char *text = text_of(json_pack("{s:o}", "error", report_error(e)), NULL);
    fprintf(unfinished, "%s%s", text ? "," : "", text ? text + 1 : END);
    free(text);
    unfinished = NULL;
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
    if (report_end_with(e))
        return true;
    json_t *object = report_start(tool);
    json_object_set_new(object, "input", report_name(file));
    report_refuse(object, e, json_array());
    char *text = text_of(object, NULL);
    bool said = text && fputs(text, stderr) >= 0;
    free(text);
    return said;
}
