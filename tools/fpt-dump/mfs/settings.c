/* SPDX-License-Identifier: MIT */
#include "mfs.h"

#include "report.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* ---- two configurations, as lists sorted by name ---- */

struct row {
    char *path; /* owned; masked */
    struct mk_span data;
};

struct rows {
    struct row *list;
    size_t n;
};

static int by_name(const void *a, const void *b) {
    const struct row *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static void rows_free(struct rows *rows) {
    for (size_t i = 0; i < rows->n; i++)
        free(rows->list[i].path);
    free(rows->list);
}

static bool rows_make(const struct mfs_source *s, struct rows *rows, struct mk_error *e) {
    char name[MK_SETTING_PATH_ROOM];
    size_t n = s ? s->c.n : 0;
    *rows = (struct rows){.list = calloc(n + 1, sizeof *rows->list)};
    if (!rows->list)
        return mk_fail_memory(e);
    for (size_t i = 0; i < n; i++) {
        const struct mk_setting *setting = &s->c.list[i];
        if (setting->directory)
            continue;
        struct row *row = &rows->list[rows->n];
        *row = (struct row){strdup(mfs_setting_name(s, i, name, sizeof name)), setting->data};
        if (!row->path)
            return mk_fail_memory(e);
        rows->n++;
    }
    qsort(rows->list, rows->n, sizeof *rows->list, by_name);
    return true;
}

static void tell(struct diff *d, const char *place, const struct row *a, const struct row *b) {
    char whole[32 + MK_SETTING_PATH_ROOM], x[MFS_VALUE_ROOM], y[MFS_VALUE_ROOM];
    const struct row *one = a ? a : b;
    if (!one)
        return;
    snprintf(whole, sizeof whole, "%s %s", place, one->path);
    if (!a || !b || !mk_span_equal(a->data, b->data))
        diff_text(d, whole, "value", a ? mfs_value(a->data, x) : NULL,
                  b ? mfs_value(b->data, y) : NULL);
}

static void merge(struct diff *d, const char *place, const struct rows *a, const struct rows *b,
                  bool one_way) {
    for (size_t i = 0, k = 0; i < a->n || k < b->n;) {
        int order = i == a->n ? 1 : k == b->n ? -1 : by_name(&a->list[i], &b->list[k]);
        const struct row *x = order <= 0 ? &a->list[i++] : NULL;
        const struct row *y = order >= 0 ? &b->list[k++] : NULL;
        if (y || !one_way)
            tell(d, place, x, y);
    }
}

bool mfs_compare(struct diff *d, const char *place, const struct mfs_source *a,
                 const struct mfs_source *b, bool one_way, struct mk_error *e) {
    struct rows x = {0}, y = {0};
    bool made = rows_make(a, &x, e) && rows_make(b, &y, e);
    if (made)
        merge(d, place, &x, &y, one_way);
    rows_free(&x);
    rows_free(&y);
    return made;
}

/* ---- the OEM's settings against Intel's ---- */

/* Intel's settings are in the volume of the OEM's source, or for FITC in the volume next to it. */
static bool compare_source(struct diff *d, const struct mfs_contents *contents,
                           const struct mfs_source *oem, struct mk_error *e) {
    const struct mfs_source *intel =
        oem->volume ? mfs_source_find(contents, oem->volume, MK_MFS_FILE_INTEL) : NULL;
    if (d->words)
        fprintf(d->words, "%s against %s:\n", oem->place, intel ? intel->place : "nothing");
    return mfs_compare(d, oem->place, intel, oem, true, e);
}

static bool compare_all(struct diff *d, const struct mfs_contents *contents, struct mk_error *e) {
    bool any = false;
    for (size_t i = 0; i < contents->n; i++) {
        const struct mfs_source *s = &contents->sources[i];
        bool oem = s->number == MK_MFS_FILE_OEM || s->number == 0;
        if (!oem || s->problem.code)
            continue;
        any = true;
        if (!compare_source(d, contents, s, e))
            return false;
    }
    return any || mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "this image has no OEM configuration");
}

static int conclude(const struct tool_run *run, const struct mk_image *image, struct diff *d) {
    if (!run->common.json.given)
        return MK_EXIT_DONE;
    json_t *object = report_start(run->tool);
    json_object_set_new(object, "input", report_input(&run->inputs[0], image));
    json_object_set(object, "settings", d->differences);
    return report_write(run, object);
}

int mfs_settings(const struct tool_run *run, const struct mk_image *image, const json_t *names) {
    const struct tool_common *c = &run->common;
    bool words = !c->quiet && !(c->json.given && !c->json.text);
    struct diff d = {
        .words = words ? run->words : NULL, .a = image, .b = image, .differences = report_list()};
    struct mfs_contents contents;
    struct mk_error e = {0};
    bool done = mfs_contents_read(image, names, &contents, &e) && compare_all(&d, &contents, &e) &&
                report_is_whole(&e);
    int status = done ? conclude(run, image, &d) : report_failure(run, &run->inputs[0], NULL, &e);
    mfs_contents_free(&contents);
    json_decref(d.differences);
    return status;
}
