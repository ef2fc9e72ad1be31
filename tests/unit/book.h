/* SPDX-License-Identifier: MIT */
/* For a suite that needs the forge's codebook: open_book is its .init, close_book its .fini. */
#ifndef MEKIT_TESTS_BOOK_H
#define MEKIT_TESTS_BOOK_H

#include "forged_codebook.h"
#include "leak.h"

static struct mk_codebook *book;

static inline void open_book(void) {
    book = forged_codebook("forged");
    cr_assert(book);
}

static inline void close_book(void) {
    mk_codebook_free(book);
    check_leaks();
}

#endif
