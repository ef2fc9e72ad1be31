/* SPDX-License-Identifier: MIT */
#include "codebook.h"

#include "input.h"
#include "report.h"
#include "text.h"

#include <dirent.h>
#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_MAX_SIZE (4u << 20)
#define ENTRIES_MAX   256
#define PATH_VARIABLE "MEKIT_CODEBOOK_PATH"

struct loading {
    struct mk_codebooks *books;
    struct codebook_halves halves;
    char *file; /* 256 bytes: name of the current file, masked */
    struct mk_error *e;
};

static bool is_same_word(const struct mk_codeword *a, const struct mk_codeword *b) {
    return a->codeword == b->codeword && a->bits == b->bits &&
           memcmp(a->length, b->length, sizeof a->length) == 0 &&
           memcmp(a->symbol, b->symbol, sizeof a->symbol) == 0;
}

static bool are_equal(const struct mk_codebook *a, const struct mk_codebook *b) {
    if (strcmp(mk_codebook_name(a), mk_codebook_name(b)) != 0 ||
        mk_codebook_count(a) != mk_codebook_count(b))
        return false;
    for (size_t i = 0; i < mk_codebook_count(a); i++)
        if (!is_same_word(mk_codebook_word(a, i), mk_codebook_word(b, i)))
            return false;
    return true;
}

/* Drops equal codebooks only. A different one of the same name stays, since the first may be
 * damaged. */
static void drop_repeated(struct mk_codebooks *books, size_t before) {
    size_t n = before;
    for (size_t i = before; i < books->n; i++) {
        bool repeated = false;
        for (size_t k = 0; k < before && !repeated; k++)
            repeated = are_equal(books->list[k], books->list[i]);
        if (repeated)
            mk_codebook_free(books->list[i]);
        else
            books->list[n++] = books->list[i];
    }
    books->n = n;
}

static bool load_file(struct loading *l, const char *path) {
    struct tool_input input;
    size_t before = l->books->n;
    const char *slash = strrchr(path, '/');
    mk_text_mask_string(l->file, 256, path);
    bool done = input_read(path, FILE_MAX_SIZE, &input, l->e) &&
                codebooks_read_part(mk_buffer_span(input.bytes), slash ? slash + 1 : path,
                                    &l->halves, l->books, l->e);
    input_free(&input);
    drop_repeated(l->books, before);
    return done;
}

/* ---- folders ---- */

static int is_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* A folder may also have other files: skip those that are not codebooks or not plain files. */
static bool load_entry(struct loading *l, const char *folder, const char *name, bool must) {
    struct stat status;
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = malloc(room);
    if (!path)
        return mk_fail_memory(l->e);
    snprintf(path, room, "%s/%s", folder, name);
    bool plain = stat(path, &status) == 0 && S_ISREG(status.st_mode);
    bool done = !plain || load_file(l, path) || l->e->code == MK_E_UNKNOWN ||
                l->e->code == MK_E_TOO_LARGE || (!must && l->e->code != MK_E_MEMORY);
    free(path);
    return done;
}

static bool has_more(const struct loading *l, size_t books, size_t halves) {
    return l->books->n > books || l->halves.n != halves;
}

/* Load entries sorted by name, so that the same folder gives the same result. */
static bool load_folder(struct loading *l, const char *folder, bool must, struct dirent **entries,
                        int n) {
    size_t books = l->books->n, halves = l->halves.n;
    bool done = true;
    for (int i = 0; i < n; i++) {
        if (i < ENTRIES_MAX)
            done = done && load_entry(l, folder, entries[i]->d_name, must);
        free(entries[i]);
    }
    if (!done || !must || has_more(l, books, halves))
        return done;
    mk_text_mask_string(l->file, 256, folder);
    mk_fail(l->e, MK_E_UNKNOWN, MK_NOWHERE, "there is no codebook in this folder");
    l->e->next = CODEBOOK_ADVICE;
    return false;
}

static bool load_place(struct loading *l, const char *path, bool must) {
    struct dirent **entries;
    int n = scandir(path, &entries, is_visible, alphasort);
    if (n < 0)
        return !must || load_file(l, path);
    bool done = load_folder(l, path, must, entries, n);
    free(entries);
    return done;
}

/* ---- the places to search ---- */

static bool load_variable(struct loading *l, const char *places) {
    char *copy = strdup(places), *state;
    if (!copy)
        return mk_fail_memory(l->e);
    bool done = true;
    for (char *place = strtok_r(copy, ":", &state); place && done;
         place = strtok_r(NULL, ":", &state))
        done = load_place(l, place, true);
    free(copy);
    return done;
}

static bool load_named(struct loading *l, const struct tool_list *files) {
    const char *places = getenv(PATH_VARIABLE);
    for (size_t i = 0; i < files->n; i++)
        if (!load_place(l, files->texts[i], true))
            return false;
    return (!places || load_variable(l, places)) && codebooks_whole(&l->halves, l->e);
}

static bool load_below(struct loading *l, const char *start, const char *rest) {
    size_t room = strlen(start) + strlen(rest) + 1;
    char *path = malloc(room);
    if (!path)
        return mk_fail_memory(l->e);
    snprintf(path, room, "%s%s", start, rest);
    bool done = load_place(l, path, false);
    free(path);
    return done;
}

/* The XDG base directory specification says to ignore relative paths. */
static bool load_users(struct loading *l) {
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && *data == '/')
        return load_below(l, data, "/mekit/codebooks");
    return !home || *home != '/' || load_below(l, home, "/.local/share/mekit/codebooks");
}

bool codebooks_load(const struct tool_list *files, struct mk_codebooks *books, char file[256],
                    struct mk_error *e) {
    struct loading l = {.books = books, .e = e};
    l.file = file;
    bool done = load_named(&l, files);
    codebook_halves_free(&l.halves);
    done = done && load_users(&l) && load_place(&l, MEKIT_CODEBOOK_FOLDER, false);
    codebook_halves_free(&l.halves);
    return done;
}

bool codebooks_prepare(const struct tool_run *run, const struct tool_list *files,
                       struct mk_codebooks *books, int *status) {
    struct mk_error e = {0};
    char file[256] = "";
    if (codebooks_load(files, books, file, &e))
        return true;
    *status =
        run->n_inputs > 0 ? report_file_failure(run, file, &e) : text_error(run->tool, file, &e);
    return false;
}
