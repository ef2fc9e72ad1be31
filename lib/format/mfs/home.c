/* SPDX-License-Identifier: MIT */
#include <mekit/format/mfs/home.h>

#include <mekit/base/arith.h>
#include <stdlib.h>

#define NUMBERS    0x1000u /* 12 bits */
#define FIRST_ROOM 64u

const struct mk_field mk_home_fields[MK_HOME_FIELDS] = {
    [MK_HOME_NUMBER] = {"number", 0x00, 4, 0, 12, "low-level file"},
    [MK_HOME_SALT] = {"salt", 0x00, 4, 12, 16, "of its keyed hash"},
    [MK_HOME_FILE_SYSTEM] = {"file system", 0x00, 4, 28, 4, "1: this one"},
    [MK_HOME_MODE] = {"mode", 0x04, 2, 0, 0, "directory, protection, access"},
    [MK_HOME_UID] = {"uid", 0x06, 2, 0, 0, "owner"},
    [MK_HOME_GID] = {"gid", 0x08, 2, 0, 0, "group"},
};

struct form {
    uint8_t record, tail;
};
static const struct form forms[] = {{0x18, 0x34}, {0x1C, 0x28}, {0x18, 0x28}, {0x1C, 0x34}};

struct walk {
    const struct mk_mfs *mfs;
    struct mk_configuration *home;
    size_t room;
    bool seen[NUMBERS]; /* low-level files that were read as a directory */
};

static struct mk_span name_of(struct mk_span record) {
    return mk_span_clip(record, record.n - MK_SETTING_NAME_SIZE, MK_SETTING_NAME_SIZE);
}

/* Any bytes may follow the NUL. */
static size_t name_length(struct mk_span name) {
    size_t n = 0;
    while (n < name.n && mk_span_u8(name, n) > 0x20 && mk_span_u8(name, n) < 0x7F)
        n++;
    return n == name.n || mk_span_u8(name, n) == 0 ? n : 0;
}

static bool has_form(struct mk_span bytes, struct form form) {
    if (bytes.n <= form.tail || (bytes.n - form.tail) % form.record != 0)
        return false;
    for (size_t at = 0; at < bytes.n - form.tail; at += form.record)
        if (name_length(name_of(mk_span_clip(bytes, at, form.record))) == 0)
            return false;
    return true;
}

static const struct form *form_of(struct mk_span bytes) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (has_form(bytes, forms[i]))
            return &forms[i];
    return NULL;
}

static unsigned get(struct mk_span record, enum mk_home_field field) {
    return (unsigned)mk_field_get(record, &mk_home_fields[field]);
}

static struct mk_setting *next_of(struct walk *w, struct mk_error *e) {
    struct mk_configuration *home = w->home;
    if (home->n == MK_LIMIT_HOME_RECORDS) {
        mk_fail_limit(e, MK_E_COUNT, MK_NOWHERE, home->n + 1, MK_LIMIT_HOME_RECORDS,
                      "records of the home directory");
        return NULL;
    }
    if (home->n == w->room) {
        size_t room = w->room ? 2 * w->room : FIRST_ROOM;
        struct mk_setting *list = mk_resize(home->list, room, sizeof *list);
        if (!list) {
            mk_fail_memory(e);
            return NULL;
        }
        home->list = list;
        w->room = room;
    }
    return &home->list[home->n++];
}

static struct mk_span data_of(const struct walk *w, const struct mk_setting *s, size_t tail) {
    const struct mk_mfs_file *file = mk_mfs_file_find(w->mfs, s->id);
    size_t cut = s->mode & MK_MODE_INTEGRITY ? tail : 0;
    if (!file)
        return mk_span_of(NULL, 0);
    return mk_span_clip(file->bytes, 0, file->bytes.n > cut ? file->bytes.n - cut : 0);
}

static bool is_link(struct mk_span name, size_t n) {
    return (n == 1 && mk_span_has(name, 0, ".", 1)) || (n == 2 && mk_span_has(name, 0, "..", 2));
}

static bool add_record(struct walk *w, struct mk_span record, size_t parent, size_t tail,
                       struct mk_error *e) {
    struct mk_span name = name_of(record);
    size_t n = name_length(name);
    if (is_link(name, n))
        return true;
    struct mk_setting *s = next_of(w, e);
    if (!s)
        return false;
    *s = (struct mk_setting){.parent = parent,
                             .id = get(record, MK_HOME_NUMBER),
                             .mode = get(record, MK_HOME_MODE),
                             .uid = get(record, MK_HOME_UID),
                             .gid = get(record, MK_HOME_GID)};
    mk_span_copy(name, 0, s->name, n);
    s->directory = s->mode & MK_HOME_DIRECTORY;
    s->data = data_of(w, s, tail);
    return true;
}

static bool read_directory(struct walk *w, unsigned number, size_t parent, struct mk_error *e) {
    const struct mk_mfs_file *file = mk_mfs_file_find(w->mfs, number);
    if (!file)
        return true;
    if (w->seen[number])
        return mk_fail_limit(e, MK_E_FIELD, MK_NOWHERE, number, number,
                             "directory that is in itself, or in two: low-level file");
    w->seen[number] = true;
    const struct form *form = form_of(file->bytes);
    for (size_t at = 0; form && at < file->bytes.n - form->tail; at += form->record)
        if (!add_record(w, mk_span_clip(file->bytes, at, form->record), parent, form->tail, e))
            return false;
    return true;
}

static bool is_deep(const struct mk_configuration *home, size_t i) {
    unsigned depth = 0;
    for (; i != MK_NO_PARENT && depth < MK_LIMIT_PATH_DEPTH; i = home->list[i].parent)
        depth++;
    return depth == MK_LIMIT_PATH_DEPTH;
}

/* The list is its own queue: directories after the current one still wait. */
static bool walk(struct walk *w, struct mk_error *e) {
    bool read = read_directory(w, MK_MFS_FILE_HOME, MK_NO_PARENT, e);
    for (size_t i = 0; read && i < w->home->n; i++) {
        if (!w->home->list[i].directory)
            continue;
        if (is_deep(w->home, i))
            return mk_fail_limit(e, MK_E_COUNT, MK_NOWHERE, MK_LIMIT_PATH_DEPTH,
                                 MK_LIMIT_PATH_DEPTH - 1, "directories, one in the other");
        read = read_directory(w, w->home->list[i].id, i, e);
    }
    return read;
}

bool mk_home_read(const struct mk_mfs *mfs, struct mk_configuration *home, struct mk_error *e) {
    struct walk w = {.mfs = mfs, .home = home};
    *home = (struct mk_configuration){.form = MK_CONFIGURATION_NAMED};
    if (walk(&w, e))
        return true;
    mk_configuration_free(home);
    return false;
}
