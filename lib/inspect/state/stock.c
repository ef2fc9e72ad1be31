/* SPDX-License-Identifier: MIT */
#include <mekit/inspect/state.h>

#include <string.h>

#define NAME_SIZE 4u

/* Entries that have their own data in every stock table of a version. Quotas prove nothing, nor do
 * entries that only some tables list with data (DLMP, ROMB). filled: every stock image has data
 * there. */
static const struct row {
    uint32_t major;
    bool ignition;
    const char *filled, *listed; /* names, separated by spaces */
} rows[] = {
    {5, false, "EFFS NFTP", "FOVD"},
    {6, false, "EFFS NFTP", "FOVD"},
    {6, true, "FAD0 FAD1 IGRT NFTP", ""},
    {7, false, "EFFS NFTP", "FCRS FOVD MDES"},
    {8, false, "EFFS GLUT MDMV NFTP", "FCRS FOVD MDES"},
    {9, false, "EFFS GLUT MDMV NFTP", "FCRS FOVD MDES PSVN"},
    {10, false, "EFFS GLUT MDMV NFTP", "FCRS FOVD MDES PSVN"},
    {11, false, "FTUP MFS NFTP", "FLOG IVBP PSVN UTOK"},
};

static const struct row *row_of(const struct mk_firmware *f) {
    bool has_rows = strcmp(f->family, "ME") == 0 || strcmp(f->family, "CSME") == 0;
    for (size_t i = 0; has_rows && i < sizeof rows / sizeof *rows; i++)
        if (rows[i].major == f->version.major && rows[i].ignition == f->is_ignition)
            return &rows[i];
    return NULL;
}

static bool is_erased(const struct mk_image *image, const struct mk_fpt_entry *entry) {
    uint64_t n = entry->end - entry->start;
    return entry->has_data && !entry->clipped &&
           mk_span_is_filled(mk_span_clip(image->region, entry->start, n), 0xFF);
}

static bool is_gone(const struct mk_image *image, const char name[NAME_SIZE], bool filled) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    for (unsigned i = 0; i < fpt->n; i++)
        if (memcmp(fpt->entries[i].name, name, NAME_SIZE) == 0)
            return filled && is_erased(image, &fpt->entries[i]);
    return true;
}

static void find_in(const struct mk_image *image, const char *names, bool filled,
                    struct mk_missing *missing) {
    for (size_t n; (n = strcspn(names, " ")) > 0; names += n + (names[n] == ' ')) {
        char name[NAME_SIZE + 1] = "";
        memcpy(name, names, n);
        if (missing->n < MK_MISSING_MAX && is_gone(image, name, filled))
            memcpy(missing->names[missing->n++], name, sizeof name);
    }
}

void mk_missing_find(const struct mk_image *image, struct mk_missing *missing) {
    bool listed = image->me == MK_ME_FIRMWARE && image->kind != MK_IMAGE_PARTITION;
    const struct row *row = listed ? row_of(&image->firmware) : NULL;
    missing->n = 0;
    if (!row)
        return;
    find_in(image, row->filled, true, missing);
    find_in(image, row->listed, false, missing);
}
