/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "column.h"
#include "places.h"
#include "report.h"
#include "text.h"

#include <mekit/base/arith.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 16u
#define LINE_ROOM  600u

/* The next free output. NULL: no memory. */
static struct output *next_of(struct take_files *files) {
    if (files->n == files->room) {
        size_t room = files->room ? 2 * files->room : FIRST_ROOM;
        struct output *list = mk_resize(files->list, room, sizeof *list);
        if (!list)
            return NULL;
        files->list = list;
        files->room = room;
    }
    files->list[files->n] = (struct output){.fd = -1};
    return &files->list[files->n++];
}

bool take_files_start(struct take_files *files, const struct tool_run *run,
                      const struct mk_image *image, const char *folder, struct mk_error *e) {
    *files = (struct take_files){.run = run, .image = image, .folder = folder};
    if (run->common.json.given) {
        files->told = report_list();
        files->left_out = report_list();
    }
    if (run->common.dry_run)
        return true;
    struct output *o = next_of(files);
    return o ? output_make_folder(o, folder, e) : mk_fail_memory(e);
}

static bool prepare(struct take_files *files, const char *name, struct mk_span part,
                    struct mk_error *e) {
    size_t room = strlen(files->folder) + strlen(name) + 2;
    struct output *o = next_of(files);
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%s/%s", files->folder, name);
    bool done = o && path ? places_leave(files->run, path, e) && output_prepare(o, path, part, e)
                          : mk_fail_memory(e);
    free(path);
    return done;
}

static void say(const struct tool_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(const struct tool_run *run, const char *format, ...) {
    char line[LINE_ROOM];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    column_print(run->words, line, strlen(line), column_look_of(run));
}

bool take_files_add(struct take_files *files, const char *name, struct mk_span part,
                    struct mk_error *e) {
    const struct tool_run *run = files->run;
    if (!run->common.dry_run && !prepare(files, name, part, e))
        return false;
    if (files->told)
        json_array_append_new(files->told,
                              json_pack("{s:s, s:I}", "name", name, "size", (json_int_t)part.n));
    if (!run->common.quiet && !report_says_errors())
        say(run, "  %8zu bytes  %s\n", part.n, name);
    return true;
}

void take_files_leave_out(struct take_files *files, const char *name, const char *why) {
    const struct tool_run *run = files->run;
    if (files->left_out)
        json_array_append_new(files->left_out, json_pack("{s:s, s:s}", "name", name, "why", why));
    if (!report_says_errors())
        say(run, "  warning: %s left out: %s\n", name, why);
}

static bool prepare_report(struct take_files *files, struct mk_error *e) {
    const struct tool_run *run = files->run;
    struct output *o = next_of(files);
    if (!o)
        return mk_fail_memory(e);
    json_t *object = report_start(run->tool);
    json_object_set_new(object, "input", report_input(&run->inputs[0], files->image));
    json_object_set(object, "files", files->told);
    json_object_set(object, "left_out", files->left_out);
    return report_prepare(run, object, o, e);
}

bool take_files_end(struct take_files *files, bool done, struct mk_error *e) {
    bool kept = done && (!files->told || prepare_report(files, e)) &&
                output_commit(files->list, files->n, e);
    if (kept)
        report_end();
    output_discard(files->list, files->n);
    json_decref(files->told);
    json_decref(files->left_out);
    free(files->list);
    *files = (struct take_files){0};
    return kept;
}
