#include "codebook.h"

#include "input.h"
#include "text.h"

#include <dirent.h>
#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX_SIZE (4u << 20)
#define PATH_VARIABLE "MEKIT_CODEBOOK_PATH"

static bool read_any(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e) {
    size_t before = books->n;
    if (mk_span_has(bytes, 0, "mekit-codebook", 14))
        return mk_codebooks_read_text(bytes, books, e);
    if (mk_span_has(bytes, 0, "{", 1))
        return codebooks_read_json(bytes, books, e);
    if (bytes.n > 0 && codebooks_read_binary(bytes, books, e))
        return true;
    bool other = bytes.n == 0 || (e->code == MK_E_TAG && books->n == before);
    return other ? mk_fail(e, MK_E_UNKNOWN, MK_NOWHERE, "this is no codebook that mekit knows")
                 : false;
}

/* The errors' own advice is about images. */
bool codebooks_read(struct mk_span bytes, struct mk_codebooks *books, struct mk_error *e) {
    bool done = read_any(bytes, books, e);
    if (!done && mk_code_exit(e->code) == MK_EXIT_UNRECOGNISED)
        e->next = "give a codebook: README tells the formats";
    return done;
}

static bool is_there(const struct mk_codebooks *books, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(mk_codebook_name(books->list[i]), name) == 0)
            return true;
    return false;
}

/* The first of a name stays. */
static void drop_repeated(struct mk_codebooks *books, size_t before) {
    size_t n = before;
    for (size_t i = before; i < books->n; i++)
        if (is_there(books, before, mk_codebook_name(books->list[i])))
            mk_codebook_free(books->list[i]);
        else
            books->list[n++] = books->list[i];
    books->n = n;
}

static bool load_file(const char *path, struct mk_codebooks *books, char file[256],
                      struct mk_error *e) {
    struct tool_input input;
    size_t before = books->n;
    mk_text_mask_string(file, 256, path);
    bool done = input_read(path, FILE_MAX_SIZE, &input, e) &&
                codebooks_read(mk_buffer_span(input.bytes), books, e);
    input_free(&input);
    drop_repeated(books, before);
    return done;
}

static int is_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static bool load_entries(const char *path, struct dirent **entries, int n,
                         struct mk_codebooks *books, char file[256], struct mk_error *e) {
    bool done = true;
    for (int i = 0; i < n; i++) {
        size_t room = strlen(path) + strlen(entries[i]->d_name) + 2;
        char *whole = done ? malloc(room) : NULL;
        if (done && !whole)
            done = mk_fail_memory(e);
        if (whole) {
            snprintf(whole, room, "%s/%s", path, entries[i]->d_name);
            done = load_file(whole, books, file, e);
        }
        free(whole);
        free(entries[i]);
    }
    return done;
}

/* In the order of their names, so that the same folder gives the same result. */
static bool load_place(const char *path, bool must, struct mk_codebooks *books, char file[256],
                       struct mk_error *e) {
    struct dirent **entries;
    int n = scandir(path, &entries, is_visible, alphasort);
    if (n < 0)
        return must ? load_file(path, books, file, e) : true;
    bool done = load_entries(path, entries, n, books, file, e);
    free(entries);
    return done;
}

static bool load_variable(const char *places, struct mk_codebooks *books, char file[256],
                          struct mk_error *e) {
    char *copy = strdup(places), *state;
    if (!copy)
        return mk_fail_memory(e);
    bool done = true;
    for (char *place = strtok_r(copy, ":", &state); place && done;
         place = strtok_r(NULL, ":", &state))
        done = load_place(place, true, books, file, e);
    free(copy);
    return done;
}

bool codebooks_load(const struct tool_list *files, struct mk_codebooks *books, char file[256],
                    struct mk_error *e) {
    const char *places = getenv(PATH_VARIABLE);
    for (size_t i = 0; i < files->n; i++)
        if (!load_file(files->texts[i], books, file, e))
            return false;
    return (!places || load_variable(places, books, file, e)) &&
           load_place(MEKIT_CODEBOOK_FOLDER, false, books, file, e);
}

bool codebooks_prepare(const struct tool_run *run, const struct tool_list *files,
                       struct mk_codebooks *books, int *status) {
    struct mk_error e = {0};
    char file[256] = "";
    if (codebooks_load(files, books, file, &e))
        return true;
    *status = text_error(run->tool, file, &e);
    return false;
}
