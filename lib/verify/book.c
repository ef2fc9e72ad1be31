/* SPDX-License-Identifier: MIT */
#include "verify.h"

#include <mekit/image/unpack.h>
#include <stdio.h>
#include <string.h>

enum fit { FIT_NOT, FIT_MAYBE, FIT_SURE };

/* The known names of codebooks; a codebook with any other name may fit any firmware. */
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

/* Sources say, without proof, that CSME 14.5 uses the older code: let the digest decide. */
static enum fit fit_of(const struct mk_firmware *f, const struct mk_codebook *book) {
    const char *published = mk_codebook_published(book);
    const char *name = published ? published : mk_codebook_name(book);
    bool disputed = f->is_sps || (f->version.major == 14 && f->version.minor == 5);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i].name) != 0)
            continue;
        if (f->generation != known[i].generation)
            return is_directory(f->generation) && is_directory(known[i].generation) ? FIT_MAYBE
                                                                                    : FIT_NOT;
        bool sure = !disputed && published && f->version.major >= known[i].first_major &&
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
        v->books[v->n_books++] = books[i];
    }
}

/* The codewords that m uses. With STREAM, only those of the wrong page. */
static bool collect(struct verification *v, const struct mk_module_link *m, size_t book,
                    struct mk_codewords *met, struct mk_error *problem) {
    struct located l = mki_located_of(v, m);
    uint64_t size = mk_module_code_size(m->module, problem);
    return size > 0 && mki_work_take(v, size, problem) &&
           mk_module_codewords(v->image->region, &l.partition, &l.module, v->books[book], met,
                               problem);
}

bool mki_books_prove(struct verification *v, const struct mk_module_link *m, struct mk_error *e) {
    v->proven = v->right[v->book] = true;
    if (!mk_codebook_published(v->books[v->book]))
        return collect(v, m, v->book, &v->met[v->book], e);
    v->sure = true;
    return true;
}

bool mki_needs_book(const struct verification *v, const struct mk_module_link *m) {
    struct located l = mki_located_of(v, m);
    for (unsigned i = 0; i < l.module.n_pages; i++) {
        uint8_t kind = l.partition.llut.chunks[l.module.first_page + i].kind;
        if (kind != MK_CHUNK_EMPTY && (kind & MK_CHUNK_DATA) != MK_CHUNK_STORED)
            return true;
    }
    return l.module.n_pages == 0;
}

static bool is_coded(const struct mk_module_link *m) {
    return !m->is_key && m->module->kind == MK_MODULE_CODE && m->module->compression == MK_HUFFMAN;
}

/* No firmware uses the symbols that are missing in the codebooks of ME 6-10; for other codebooks
 * nobody knows. */
static bool lacks_nothing(const struct verification *v) {
    return v->sure && v->proven && v->image->firmware.generation == MK_GENERATION_2;
}

/* An unpublished codebook may be right for many modules and still be wrong in a symbol that none of
 * them uses. So it shows damage only in a module whose codewords other modules have all proved. */
static bool is_shown(struct verification *v, const struct mk_module_link *m, bool *shown,
                     struct mk_error *e) {
    *shown = v->sure || !mki_needs_book(v, m);
    for (size_t i = 0; i < v->n_books && !*shown; i++) {
        struct mk_codewords met = {.bits = {{0}}};
        struct mk_error problem = {0};
        if (!v->right[i])
            continue;
        bool read = collect(v, m, i, &met, &problem);
        if (problem.code == MK_E_MEMORY)
            return mk_fail_memory(e);
        bool damaged = read || problem.code == MK_E_STREAM || problem.code == MK_E_RANGE;
        *shown = damaged && mk_codewords_are_in(&met, &v->met[i]);
    }
    return true;
}

bool mki_books_conclude(struct verification *v, struct mk_error *e) {
    for (size_t i = 0; i < v->chain->n_modules; i++) {
        struct mk_module_link *m = &v->chain->modules[i];
        bool shown;
        if (!is_coded(m))
            continue;
        if (m->result == MK_CHECK_UNCHECKED && m->unknown_symbol && lacks_nothing(v))
            m->result = MK_CHECK_MISMATCH;
        if (m->result != MK_CHECK_MISMATCH)
            continue;
        if (!is_shown(v, m, &shown, e))
            return false;
        if (shown)
            continue;
        m->result = MK_CHECK_UNCHECKED;
        snprintf(m->reason, sizeof m->reason, "%s",
                 v->proven ? "no other module proves all its codewords" : "no codebook fits");
    }
    return true;
}
