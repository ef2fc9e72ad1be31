/* SPDX-License-Identifier: MIT */
#include "mfs.h"

#include "report.h"

static json_t *setting_json(const struct mfs_source *s, size_t i) {
    const struct mk_setting *setting = &s->c.list[i];
    char name[MK_SETTING_PATH_ROOM];
    bool numbered = s->c.form == MK_CONFIGURATION_NUMBERED;
    return json_pack("{s:s, s:o, s:b, s:i, s:i, s:i, s:i, s:I, s:o}", "path",
                     mfs_setting_name(s, i, name, sizeof name), "id",
                     numbered ? json_integer(setting->id) : json_null(), "directory",
                     (int)setting->directory, "mode", (int)setting->mode, "options",
                     (int)setting->options, "uid", (int)setting->uid, "gid", (int)setting->gid,
                     "size", (json_int_t)setting->data.n, "sha256",
                     setting->data.n > 0 ? report_sha256(setting->data) : json_null());
}

static json_t *source_json(const struct mfs_source *s) {
    json_t *list = json_array();
    for (size_t i = 0; i < s->c.n; i++)
        json_array_append_new(list, setting_json(s, i));
    return json_pack("{s:i, s:I, s:o, s:o}", "file", (int)s->number, "records", (json_int_t)s->c.n,
                     "list", list, "problem",
                     s->problem.code ? report_error(&s->problem) : json_null());
}

static json_t *settings_json(const struct mfs_contents *contents, const struct mk_mfs *volume) {
    json_t *settings = json_array();
    for (size_t i = 0; i < contents->n; i++) {
        const struct mfs_source *s = &contents->sources[i];
        if (s->volume == volume && (s->number == MK_MFS_FILE_INTEL || s->number == MK_MFS_FILE_OEM))
            json_array_append_new(settings, source_json(s));
    }
    return settings;
}

static json_t *home_json(const struct mfs_contents *contents, const struct mk_mfs *volume) {
    for (size_t i = 0; i < contents->n; i++)
        if (contents->sources[i].volume == volume &&
            contents->sources[i].number == MK_MFS_FILE_HOME)
            return source_json(&contents->sources[i]);
    return json_null();
}

static json_t *files_json(const struct mk_mfs *m) {
    json_t *files = json_array();
    for (size_t i = 0; i < m->n_files; i++)
        json_array_append_new(files,
                              json_pack("{s:i, s:s, s:I, s:o}", "number", (int)m->files[i].number,
                                        "meaning", mk_mfs_file_name(m, m->files[i].number), "size",
                                        (json_int_t)m->files[i].bytes.n, "sha256",
                                        report_sha256(m->files[i].bytes)));
    return files;
}

static json_t *volume_json(const struct mfs_contents *contents, const struct mk_file_system *s) {
    const struct mk_mfs *m = &s->mfs;
    json_t *object = json_pack("{s:o, s:I, s:I, s:s, s:b}", "partition",
                               report_text(s->partition, sizeof s->partition), "offset",
                               (json_int_t)s->bytes.at, "size", (json_int_t)s->bytes.n, "state",
                               mk_mfs_state_name(m->state), "in_use", (int)m->in_use);
    json_object_set_new(object, "pages", json_integer(m->n_pages));
    json_object_set_new(object, "chunks",
                        json_pack("{s:i, s:i}", "right", (int)m->right, "wrong", (int)m->wrong));
    json_object_set_new(object, "dictionary", json_integer(m->dictionary));
    json_object_set_new(object, "platform", json_integer(m->platform));
    json_object_set_new(object, "files", files_json(m));
    json_object_set_new(object, "settings", settings_json(contents, m));
    json_object_set_new(object, "home", home_json(contents, m));
    json_object_set_new(object, "problem",
                        m->problem.code ? report_error(&m->problem) : json_null());
    return object;
}

static json_t *fitc_json(const struct mfs_contents *contents) {
    const struct mk_fitc *f = &contents->fitc;
    if (!contents->has_fitc)
        return json_null();
    json_t *object = source_json(&contents->sources[contents->n - 1]);
    json_object_set_new(object, "offset", json_integer((json_int_t)(f->data.at - MK_FITC_HEADER)));
    json_object_set_new(object, "size", json_integer((json_int_t)f->data.n));
    json_object_set_new(object, "sums_right", json_boolean(mk_fitc_is_whole(f)));
    return object;
}

void mfs_json(json_t *object, const struct mk_image *image, const json_t *names) {
    struct mfs_contents contents;
    if (mfs_contents_read(image, names, &contents, NULL)) {
        json_t *systems = json_array();
        for (size_t i = 0; i < contents.systems.n; i++)
            json_array_append_new(systems, volume_json(&contents, &contents.systems.list[i]));
        json_object_set_new(object, "file_systems", systems);
        json_object_set_new(object, "fitc", fitc_json(&contents));
    } else
        report_lack();
    mfs_contents_free(&contents);
}
