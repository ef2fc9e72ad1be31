/* SPDX-License-Identifier: MIT */
#include <mekit/image/file_system.h>

#include <stdlib.h>
#include <string.h>

static const char names[][4] = {{'M', 'F', 'S', 0}, {'A', 'F', 'S', 0}, {'M', 'F', 'S', 'B'}};
static const char fitc_name[4] = {'F', 'I', 'T', 'C'};

static bool is_file_system(const struct mk_fpt_entry *entry) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (entry->has_data && memcmp(entry->name, names[i], sizeof names[i]) == 0)
            return true;
    return false;
}

static struct mk_span bytes_of(const struct mk_image *image, const struct mk_fpt_entry *entry) {
    struct mk_span base = mk_span_clip(image->region, image->firmware.fpt_base, image->region.n);
    return mk_span_clip(base, entry->start, entry->end - entry->start);
}

static bool has_bytes(const struct mk_file_systems *systems, struct mk_span bytes) {
    for (size_t i = 0; i < systems->n; i++)
        if (systems->list[i].bytes.at == bytes.at)
            return true;
    return false;
}

static bool add(const struct mk_image *image, const struct mk_fpt_entry *entry,
                struct mk_file_systems *systems, struct mk_error *e) {
    struct mk_file_system *s = &systems->list[systems->n];
    struct mk_span bytes = bytes_of(image, entry);
    if (has_bytes(systems, bytes))
        return true;
    s->bytes = bytes;
    memcpy(s->partition, entry->name, sizeof s->partition);
    systems->n++;
    if (!mk_mfs_read(bytes, &s->mfs, e))
        return false;
    if (entry->clipped && s->mfs.state == MK_MFS_WHOLE) {
        s->mfs.state = MK_MFS_DAMAGED;
        mk_fail_limit(&s->mfs.problem, MK_E_RANGE, bytes.at, entry->size, bytes.n,
                      "size of the volume");
    }
    return true;
}

bool mk_file_systems_read(const struct mk_image *image, struct mk_file_systems *systems,
                          struct mk_error *e) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    *systems = (struct mk_file_systems){.n = 0};
    systems->list = calloc(MK_LIMIT_FILE_SYSTEMS, sizeof *systems->list);
    if (!systems->list)
        return mk_fail_memory(e);
    for (unsigned i = 0; i < fpt->n && systems->n < MK_LIMIT_FILE_SYSTEMS; i++)
        if (is_file_system(&fpt->entries[i]) && !add(image, &fpt->entries[i], systems, e))
            return false;
    return true;
}

void mk_file_systems_free(struct mk_file_systems *systems) {
    for (size_t i = 0; i < systems->n; i++)
        mk_mfs_free(&systems->list[i].mfs);
    free(systems->list);
    *systems = (struct mk_file_systems){.n = 0};
}

const struct mk_file_system *mk_file_system_live(const struct mk_file_systems *systems) {
    for (size_t i = 0; i < systems->n; i++)
        if (systems->list[i].mfs.state == MK_MFS_WHOLE ||
            systems->list[i].mfs.state == MK_MFS_DAMAGED)
            return &systems->list[i];
    return NULL;
}

bool mk_file_system_configuration(const struct mk_mfs *mfs, unsigned number,
                                  struct mk_configuration *c, struct mk_error *e) {
    const struct mk_mfs_file *file = mk_mfs_file_find(mfs, number);
    *c = (struct mk_configuration){.n = 0};
    if (!file || file->bytes.n == 0)
        return mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "there is no low-level file %u", number);
    if (mk_configuration_read(file->bytes, c, e))
        return true;
    if (e)
        e->offset = MK_NOWHERE;
    return false;
}

bool mk_image_fitc(const struct mk_image *image, struct mk_fitc *fitc) {
    const struct mk_fpt_entry *entry = mk_fpt_entry_find(&image->firmware.fpt, fitc_name);
    return entry && mk_fitc_read(bytes_of(image, entry), fitc);
}

/* deguard puts its payload into this setting; 359 of 359 stock records have 0 bytes. */
bool mk_configuration_is_deguarded(const struct mk_configuration *c) {
    static const char *const path[] = {"home", "bup", "ct"};
    const struct mk_setting *s = mk_setting_find(c, path, 3);
    const struct mk_setting *in_home = mk_setting_find(c, path + 1, 2);
    return (s && s->data.n > 0) || (in_home && in_home->data.n > 0);
}
