/* SPDX-License-Identifier: MIT */
#include "mfs.h"

#include <inttypes.h>
#include <mekit/base/crc.h>
#include <mekit/base/text.h>

#define SHOWN_BYTES 16u

static bool read_source(struct mfs_source *s) {
    if (s->number == MK_MFS_FILE_HOME)
        return mk_home_read(s->volume, &s->c, &s->problem);
    return mk_file_system_configuration(s->volume, s->number, &s->c, &s->problem);
}

/* A configuration that does not exist is not a source. */
static bool keep(struct mfs_contents *contents, bool read, struct mk_error *e) {
    struct mfs_source *s = &contents->sources[contents->n];
    if (!read && s->problem.code == MK_E_MEMORY)
        return mk_fail_memory(e);
    contents->n += read || s->problem.code != MK_E_NOT_FOUND;
    return true;
}

static bool add_volume(struct mfs_contents *contents, const struct mk_file_system *system,
                       const json_t *names, struct mk_error *e) {
    static const unsigned numbers[] = {MK_MFS_FILE_INTEL, MK_MFS_FILE_OEM, MK_MFS_FILE_HOME};
    char name[MK_TEXT_ROOM(4)];
    mk_text_mask(name, sizeof name, system->partition, sizeof system->partition);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct mfs_source *s = &contents->sources[contents->n];
        *s = (struct mfs_source){.number = numbers[i], .volume = &system->mfs, .names = names};
        snprintf(s->place, sizeof s->place, "%s %u", name, numbers[i]);
        bool there = mk_mfs_file_find(&system->mfs, numbers[i]) != NULL;
        if (there && !keep(contents, read_source(s), e))
            return false;
    }
    return true;
}

static bool add_fitc(struct mfs_contents *contents, const json_t *names, struct mk_error *e) {
    const struct mk_file_system *live = mk_file_system_live(&contents->systems);
    struct mfs_source *s = &contents->sources[contents->n];
    *s = (struct mfs_source){.place = "FITC", .volume = live ? &live->mfs : NULL, .names = names};
    return keep(contents, mk_configuration_read(contents->fitc.data, &s->c, &s->problem), e);
}

bool mfs_contents_read(const struct mk_image *image, const json_t *names,
                       struct mfs_contents *contents, struct mk_error *e) {
    *contents = (struct mfs_contents){.n = 0};
    contents->has_fitc = mk_image_fitc(image, &contents->fitc);
    bool read = mk_file_systems_read(image, &contents->systems, e);
    for (size_t i = 0; read && i < contents->systems.n; i++)
        read = add_volume(contents, &contents->systems.list[i], names, e);
    return read && (!contents->has_fitc || add_fitc(contents, names, e));
}

void mfs_contents_free(struct mfs_contents *contents) {
    for (size_t i = 0; i < contents->n; i++)
        mk_configuration_free(&contents->sources[i].c);
    mk_file_systems_free(&contents->systems);
    contents->n = 0;
}

const struct mfs_source *mfs_source_find(const struct mfs_contents *contents,
                                         const struct mk_mfs *volume, unsigned number) {
    for (size_t i = 0; i < contents->n; i++) {
        const struct mfs_source *s = &contents->sources[i];
        if (s->number == number && (number == 0 || s->volume == volume) && !s->problem.code)
            return s;
    }
    return NULL;
}

char *mfs_setting_name(const struct mfs_source *s, size_t i, char *out, size_t room) {
    if (s->c.form == MK_CONFIGURATION_NUMBERED)
        return mfs_name(s->names, s->volume, s->c.list[i].id, out, room);
    return mk_setting_path(&s->c, i, out, room);
}

char *mfs_value(struct mk_span data, char out[MFS_VALUE_ROOM]) {
    size_t used = 0;
    if (data.n > SHOWN_BYTES) {
        snprintf(out, MFS_VALUE_ROOM, "%zu bytes (CRC-32 %08" PRIx32 ")", data.n, mk_crc32(data));
        return out;
    }
    snprintf(out, MFS_VALUE_ROOM, "empty");
    for (size_t i = 0; i < data.n; i++)
        used += (size_t)snprintf(out + used, MFS_VALUE_ROOM - used, i ? " %02x" : "%02x",
                                 mk_span_u8(data, i));
    return out;
}
