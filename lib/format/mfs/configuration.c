/* SPDX-License-Identifier: MIT */
#include <mekit/format/mfs/configuration.h>

#include <mekit/base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct mk_field mk_named_fields[MK_NAMED_FIELDS] = {
    [MK_NAMED_NAME] = {"name", 0x00, MK_SETTING_NAME_SIZE, 0, 0, "NUL-padded"},
    [MK_NAMED_MODE] = {"mode", 0x0E, 2, 0, 0, "directory, protection, access"},
    [MK_NAMED_OPTIONS] = {"options", 0x10, 2, 0, 0, "bit 0: the OEM may set it"},
    [MK_NAMED_SIZE] = {"size", 0x12, 2, 0, 0, "of its data"},
    [MK_NAMED_UID] = {"uid", 0x14, 2, 0, 0, "owner"},
    [MK_NAMED_GID] = {"gid", 0x16, 2, 0, 0, "group"},
    [MK_NAMED_OFFSET] = {"offset", 0x18, 4, 0, 0, "of its data"},
};

const struct mk_field mk_numbered_fields[MK_NUMBERED_FIELDS] = {
    [MK_NUMBERED_ID] = {"id", 0x00, 4, 0, 0, "a public table names it"},
    [MK_NUMBERED_OFFSET] = {"offset", 0x04, 4, 0, 0, "of its data"},
    [MK_NUMBERED_SIZE] = {"size", 0x08, 2, 0, 0, "of its data"},
    [MK_NUMBERED_OPTIONS] = {"options", 0x0A, 2, 0, 0, "bit 0: the OEM may set it"},
};

struct reading {
    struct mk_span bytes;
    uint64_t table_end;
    struct mk_configuration *c;
    size_t directory; /* the current one, or MK_NO_PARENT */
    unsigned depth;
};

/* An id with an offset after it never looks like a name. */
static bool is_name(struct mk_span name) {
    size_t n = 0;
    while (n < name.n && mk_span_u8(name, n) > 0x20 && mk_span_u8(name, n) < 0x7F)
        n++;
    return n > 0 && mk_span_is_filled(mk_span_clip(name, n, name.n), 0);
}

static bool cut_data(const struct reading *r, struct mk_span record, uint64_t offset, uint64_t size,
                     struct mk_span *data, struct mk_error *e) {
    if (size == 0)
        return true;
    if (offset < r->table_end)
        return mk_fail_limit(e, MK_E_RANGE, record.at, offset, r->table_end,
                             "data of a setting, inside the table");
    return mk_span_cut(r->bytes, offset, size, data) ||
           mk_fail_limit(e, MK_E_RANGE, record.at, offset + size, r->bytes.n,
                         "end of a setting's data");
}

static uint32_t get(struct mk_span record, enum mk_named_field field) {
    return (uint32_t)mk_field_get(record, &mk_named_fields[field]);
}

static bool leave_directory(struct reading *r, struct mk_span record, struct mk_error *e) {
    if (r->directory == MK_NO_PARENT)
        return mk_fail(e, MK_E_FIELD, record.at, "\"..\" at the top of a configuration");
    r->directory = r->c->list[r->directory].parent;
    r->depth--;
    return true;
}

static bool enter_directory(struct reading *r, struct mk_span record, struct mk_error *e) {
    if (++r->depth >= MK_LIMIT_PATH_DEPTH)
        return mk_fail_limit(e, MK_E_COUNT, record.at, r->depth, MK_LIMIT_PATH_DEPTH,
                             "directories of a configuration, one in the other");
    r->directory = r->c->n - 1;
    return true;
}

static bool read_named(struct reading *r, struct mk_span record, struct mk_error *e) {
    static const char leave[MK_SETTING_NAME_SIZE] = "..";
    struct mk_setting *s = &r->c->list[r->c->n];
    if (mk_span_has(record, 0, leave, sizeof leave))
        return leave_directory(r, record, e);
    if (!is_name(mk_field_span(record, &mk_named_fields[MK_NAMED_NAME])))
        return mk_fail(e, MK_E_FIELD, record.at, "a setting without a name");
    *s = (struct mk_setting){.parent = r->directory,
                             .mode = get(record, MK_NAMED_MODE),
                             .options = get(record, MK_NAMED_OPTIONS),
                             .uid = get(record, MK_NAMED_UID),
                             .gid = get(record, MK_NAMED_GID)};
    mk_span_copy(record, 0, s->name, sizeof s->name);
    s->directory = s->mode & MK_MODE_DIRECTORY;
    r->c->n++;
    return s->directory ? enter_directory(r, record, e)
                        : cut_data(r, record, get(record, MK_NAMED_OFFSET),
                                   get(record, MK_NAMED_SIZE), &s->data, e);
}

static bool read_numbered(struct reading *r, struct mk_span record, struct mk_error *e) {
    struct mk_setting *s = &r->c->list[r->c->n++];
    *s = (struct mk_setting){.parent = MK_NO_PARENT};
    s->id = (uint32_t)mk_field_get(record, &mk_numbered_fields[MK_NUMBERED_ID]);
    s->options = (unsigned)mk_field_get(record, &mk_numbered_fields[MK_NUMBERED_OPTIONS]);
    return cut_data(r, record, mk_field_get(record, &mk_numbered_fields[MK_NUMBERED_OFFSET]),
                    mk_field_get(record, &mk_numbered_fields[MK_NUMBERED_SIZE]), &s->data, e);
}

static bool read_records(struct reading *r, size_t n, uint64_t size, struct mk_error *e) {
    bool read = true;
    for (size_t i = 0; i < n && read; i++) {
        struct mk_span record = mk_span_clip(r->bytes, MK_CONFIGURATION_HEADER + i * size, size);
        read = r->c->form == MK_CONFIGURATION_NAMED ? read_named(r, record, e)
                                                    : read_numbered(r, record, e);
    }
    return read;
}

bool mk_configuration_read(struct mk_span bytes, struct mk_configuration *c, struct mk_error *e) {
    struct reading r = {.bytes = bytes, .c = c, .directory = MK_NO_PARENT};
    *c = (struct mk_configuration){.n = 0};
    if (bytes.n < MK_CONFIGURATION_HEADER)
        return mk_fail(e, MK_E_TRUNCATED, bytes.at, "a configuration is cut off");
    uint32_t n = mk_span_u32(bytes, 0);
    if (n > MK_LIMIT_SETTINGS)
        return mk_fail_limit(e, MK_E_COUNT, bytes.at, n, MK_LIMIT_SETTINGS,
                             "records of a configuration");
    struct mk_span name = mk_span_clip(bytes, MK_CONFIGURATION_HEADER, MK_SETTING_NAME_SIZE);
    c->form = is_name(name) ? MK_CONFIGURATION_NAMED : MK_CONFIGURATION_NUMBERED;
    uint64_t size = c->form == MK_CONFIGURATION_NAMED ? MK_NAMED_RECORD : MK_NUMBERED_RECORD;
    r.table_end = MK_CONFIGURATION_HEADER + n * size;
    if (r.table_end > bytes.n)
        return mk_fail_limit(e, MK_E_RANGE, bytes.at, r.table_end, bytes.n,
                             "end of a configuration's records");
    c->list = calloc((size_t)n + 1, sizeof *c->list);
    if (!c->list)
        return mk_fail_memory(e);
    if (read_records(&r, n, size, e))
        return true;
    mk_configuration_free(c);
    return false;
}

void mk_configuration_free(struct mk_configuration *c) {
    free(c->list);
    *c = (struct mk_configuration){.n = 0};
}

static char *write_path(const struct mk_configuration *c, const size_t *way, size_t depth,
                        char *out, size_t room) {
    size_t used = 0;
    out[0] = '\0';
    while (depth > 0 && used < room) {
        char name[MK_TEXT_ROOM(MK_SETTING_NAME_SIZE)];
        const struct mk_setting *s = &c->list[way[--depth]];
        mk_text_mask(name, sizeof name, s->name, sizeof s->name);
        used += (size_t)snprintf(out + used, room - used, "/%s", name);
    }
    return out;
}

char *mk_setting_path(const struct mk_configuration *c, size_t i, char *out, size_t room) {
    size_t way[MK_LIMIT_PATH_DEPTH], depth = 0;
    if (c->form == MK_CONFIGURATION_NUMBERED) {
        snprintf(out, room, "0x%08x", c->list[i].id);
        return out;
    }
    for (size_t at = i; at != MK_NO_PARENT && depth < MK_LIMIT_PATH_DEPTH; at = c->list[at].parent)
        way[depth++] = at;
    return write_path(c, way, depth, out, room);
}

static bool has_path(const struct mk_configuration *c, size_t i, const char *const *names,
                     size_t n) {
    for (; n > 0 && i != MK_NO_PARENT; n--) {
        char name[MK_SETTING_NAME_SIZE] = "";
        memcpy(name, names[n - 1], strnlen(names[n - 1], sizeof name));
        if (memcmp(c->list[i].name, name, sizeof name) != 0)
            return false;
        i = c->list[i].parent;
    }
    return n == 0 && i == MK_NO_PARENT;
}

const struct mk_setting *mk_setting_find(const struct mk_configuration *c, const char *const *names,
                                         size_t n) {
    for (size_t i = 0; i < c->n && c->form == MK_CONFIGURATION_NAMED; i++)
        if (has_path(c, i, names, n))
            return &c->list[i];
    return NULL;
}
