#include "verify.h"

#include <stdio.h>
#include <string.h>

enum fit { FIT_NOT, FIT_MAYBE, FIT_SURE };

/* The names by which codebooks are known; any other name may be for anything. */
static const struct {
    const char *name;
    enum mk_generation generation;
    unsigned first_major, last_major;
} known[] = {
    {"pch", MK_GENERATION_2, 6, 6},
    {"cpt", MK_GENERATION_2, 7, 10},
    {"11", MK_GENERATION_3, 11, 11},
    {"12", MK_GENERATION_CSE, 12, 16},
};

static bool is_directory(enum mk_generation generation) {
    return generation == MK_GENERATION_3 || generation == MK_GENERATION_CSE;
}

/* CSME 14.5 is said to use the older code, without proof: let the digest decide. */
static enum fit fit_of(const struct mk_firmware *f, const struct mk_codebook *book) {
    const char *name = mk_codebook_name(book);
    bool disputed = f->is_sps || (f->version.major == 14 && f->version.minor == 5);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i].name) != 0)
            continue;
        if (f->generation != known[i].generation)
            return is_directory(f->generation) && is_directory(known[i].generation) ? FIT_MAYBE
                                                                                    : FIT_NOT;
        bool sure = !disputed && mk_codebook_standing(book) == MK_CODEBOOK_PUBLISHED &&
                    f->version.major >= known[i].first_major &&
                    f->version.major <= known[i].last_major;
        return sure ? FIT_SURE : FIT_MAYBE;
    }
    return FIT_MAYBE;
}

void mki_books_choose(struct verification *v, struct mk_codebook *const *books, size_t n) {
    for (size_t i = 0; i < n && v->n_books < MK_CODEBOOKS_MAX; i++) {
        enum fit fit = fit_of(&v->image->firmware, books[i]);
        if (fit == FIT_NOT)
            continue;
        if (fit == FIT_SURE)
            v->book = v->n_books;
        v->sure = v->sure || fit == FIT_SURE;
        v->changed = v->changed || mk_codebook_standing(books[i]) == MK_CODEBOOK_CHANGED;
        v->books[v->n_books++] = books[i];
    }
}

/* A changed copy of a published codebook may be right for many modules and wrong for one. */
static bool is_telling(const struct verification *v) {
    return v->sure || (v->proven && !v->changed);
}

static bool is_coded(const struct mk_module_link *m) {
    return !m->is_key && m->module->kind == MK_MODULE_CODE && m->module->compression == MK_HUFFMAN;
}

/* No firmware uses the symbols that the codebooks of ME 6-10 lack; for others nobody knows. */
static bool lacks_nothing(const struct verification *v) {
    return is_telling(v) && v->proven && v->image->firmware.generation == MK_GENERATION_2;
}

void mki_books_conclude(struct verification *v) {
    for (size_t i = 0; i < v->chain->n_modules; i++) {
        struct mk_module_link *m = &v->chain->modules[i];
        if (!is_coded(m))
            continue;
        if (m->result == MK_CHECK_UNCHECKED && m->unknown_symbol && lacks_nothing(v))
            m->result = MK_CHECK_MISMATCH;
        if (m->result != MK_CHECK_MISMATCH || is_telling(v))
            continue;
        m->result = MK_CHECK_UNCHECKED;
        snprintf(m->reason, sizeof m->reason, "no codebook fits");
    }
}
