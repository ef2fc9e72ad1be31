/* Memory that has run out, for what a function does then. Not under ASan, whose allocator ends the
 * program. */
#ifndef MEKIT_TESTS_FAMINE_H
#define MEKIT_TESTS_FAMINE_H

#include <criterion/criterion.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/resource.h>

#if !defined(__SANITIZE_ADDRESS__)
#define MEKIT_TESTS_FAMINE

struct famine {
    void *taken; /* each block begins with the place of the one before */
    struct rlimit before;
};

/* What is free is taken, and no more is to be had but one block of this size; 0: none at all. It
 * has to be above what malloc keeps aside by size (1 KiB). */
static inline struct famine famine_begin(size_t room) {
    struct famine f = {.taken = NULL};
    void *volatile left = room > 0 ? malloc(room) : NULL; /* or the compiler does without it */
    getrlimit(RLIMIT_AS, &f.before);
    setrlimit(RLIMIT_AS, &(struct rlimit){.rlim_cur = 1, .rlim_max = f.before.rlim_max});
    for (size_t size = 1u << 20; size >= sizeof f.taken; size /= 2)
        for (void **block; (block = malloc(size)) != NULL; f.taken = block)
            *block = f.taken;
    free(left);
    return f;
}

static inline void famine_end(struct famine f) {
    setrlimit(RLIMIT_AS, &f.before);
    for (void *next; f.taken; f.taken = next) {
        next = *(void **)f.taken;
        free(f.taken);
    }
}
#endif

/* Bytes that are allocated; what malloc keeps aside counts too, so that it varies by some hundred.
 * LeakSanitizer tells leaks by itself; elsewhere the same work is done many times between two
 * calls.
 */
static inline size_t allocated(void) {
    return mallinfo2().uordblks + mallinfo2().hblkhd;
}

#endif
