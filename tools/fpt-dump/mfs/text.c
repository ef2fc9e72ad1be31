/* SPDX-License-Identifier: MIT */
#include "mfs.h"

#include <inttypes.h>
#include <mekit/base/text.h>

static void text_settings(FILE *words, const struct mfs_source *s) {
    char name[MK_SETTING_PATH_ROOM], value[MFS_VALUE_ROOM];
    for (size_t i = 0; i < s->c.n; i++) {
        const struct mk_setting *setting = &s->c.list[i];
        mfs_setting_name(s, i, name, sizeof name);
        if (setting->directory)
            fprintf(words, "    %s/\n", name);
        else
            fprintf(words, "    %-40s  %s\n", name, mfs_value(setting->data, value));
    }
}

static void text_source(FILE *words, const struct mfs_source *s, bool verbose) {
    if (s->problem.code) {
        fprintf(words, ": can't be read: %s\n", s->problem.what);
        return;
    }
    fprintf(words, ": %zu records\n", s->c.n);
    if (verbose)
        text_settings(words, s);
}

static const struct mfs_source *source_of(const struct mfs_contents *contents,
                                          const struct mk_mfs *volume, unsigned number) {
    for (size_t i = 0; i < contents->n; i++)
        if (contents->sources[i].volume == volume && contents->sources[i].number == number)
            return &contents->sources[i];
    return NULL;
}

static void text_file(FILE *words, const struct mfs_contents *contents, const struct mk_mfs *volume,
                      const struct mk_mfs_file *file, bool verbose) {
    const struct mfs_source *s = source_of(contents, volume, file->number);
    fprintf(words, "  file %2u  %6zu bytes  %s", file->number, file->bytes.n,
            mk_mfs_file_name(volume, file->number));
    if (s)
        text_source(words, s, verbose);
    else
        fprintf(words, "\n");
}

/* There are many files without a name; their number is enough. */
static void text_files(FILE *words, const struct mfs_contents *contents,
                       const struct mk_mfs *volume, bool verbose) {
    unsigned others = 0;
    for (size_t i = 0; i < volume->n_files; i++)
        if (verbose || *mk_mfs_file_name(volume, volume->files[i].number))
            text_file(words, contents, volume, &volume->files[i], verbose);
        else
            others++;
    if (others > 0)
        fprintf(words, "  %u more files\n", others);
}

static void text_volume(FILE *words, const struct mfs_contents *contents,
                        const struct mk_file_system *s, bool verbose) {
    const struct mk_mfs *m = &s->mfs;
    char name[MK_TEXT_ROOM(4)];
    fprintf(words, "file system %s at 0x%" PRIx64 ": %s",
            mk_text_mask(name, sizeof name, s->partition, sizeof s->partition), s->bytes.at,
            mk_mfs_state_name(m->state));
    if (m->state == MK_MFS_WHOLE || m->state == MK_MFS_DAMAGED)
        fprintf(words, ", %s; %u pages, %u chunks right, %u wrong; dictionary %02x, platform %02x",
                m->in_use ? "in use" : "as made", m->n_pages, m->right, m->wrong, m->dictionary,
                m->platform);
    fprintf(words, "\n");
    text_files(words, contents, m, verbose);
}

static void text_fitc(FILE *words, const struct mfs_contents *contents, bool verbose) {
    const struct mfs_source *s = &contents->sources[contents->n - 1];
    fprintf(words, "configuration FITC at 0x%" PRIx64 ", %zu bytes, CRCs %s",
            contents->fitc.data.at - MK_FITC_HEADER, contents->fitc.data.n,
            mk_fitc_is_whole(&contents->fitc) ? "right" : "WRONG");
    text_source(words, s, verbose);
}

bool mfs_text(FILE *words, const struct mk_image *image, const json_t *names, bool verbose,
              struct mk_error *e) {
    struct mfs_contents contents;
    bool read = mfs_contents_read(image, names, &contents, e);
    for (size_t i = 0; read && i < contents.systems.n; i++)
        text_volume(words, &contents, &contents.systems.list[i], verbose);
    if (read && contents.has_fitc)
        text_fitc(words, &contents, verbose);
    mfs_contents_free(&contents);
    return read;
}
