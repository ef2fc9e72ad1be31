/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "room.h"

#include <mekit/base/arith.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)
#define MAP_MIN   ((size_t)1 << 20)  /* a huge page is faster than this many small ones */
#define CUT_AT    ((size_t)64 << 10) /* the largest page size of a machine */
#define ROOMS     64                 /* more come from malloc */

/* The mapped rooms; n is a multiple of HUGE_PAGE, unless the room was cut. */
static struct mk_buffer rooms[ROOMS];

static struct mk_buffer *room_of(const void *p) {
    for (size_t i = 0; p && i < ROOMS; i++)
        if (rooms[i].p == p)
            return &rooms[i];
    return NULL;
}

static struct mk_buffer *empty_place(void) {
    for (size_t i = 0; i < ROOMS; i++)
        if (!rooms[i].p)
            return &rooms[i];
    return NULL;
}

/* Touching new memory page by page takes longer than reading the file: 8 times as long for 12 MiB.
 */
static void ask_for_huge_pages(uint8_t *p, size_t n) {
#ifdef MADV_HUGEPAGE
    madvise(p, n, MADV_HUGEPAGE);
#else
    (void)p, (void)n;
#endif
}

/* n is a multiple of HUGE_PAGE. Map more to align the start to HUGE_PAGE, and give back the
 * margins. */
static uint8_t *map(size_t n) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    uint8_t *p = n <= SIZE_MAX - HUGE_PAGE
                     ? mmap(NULL, n + HUGE_PAGE, PROT_READ | PROT_WRITE, flags, -1, 0)
                     : MAP_FAILED;
    if (p == MAP_FAILED)
        return NULL;
    size_t before = (size_t)(-(uintptr_t)p % HUGE_PAGE);
    if (before > 0)
        munmap(p, before);
    munmap(p + before + n, HUGE_PAGE - before);
    ask_for_huge_pages(p + before, n);
    return p + before;
}

bool room_take(size_t n, struct mk_buffer *b) {
    struct mk_buffer *place = n >= MAP_MIN ? empty_place() : NULL;
    size_t rounded = n <= SIZE_MAX - HUGE_PAGE ? (size_t)mk_align(n, HUGE_PAGE) : 0;
    *b = (struct mk_buffer){NULL, n};
    if (!place || !rounded) {
        b->p = malloc(n);
        return b->p;
    }
    b->p = map(rounded);
    if (b->p)
        *place = (struct mk_buffer){b->p, rounded};
    return b->p;
}

static bool move(struct mk_buffer *b, size_t n) {
    struct mk_buffer next;
    if (!room_take(n, &next))
        return false;
    memcpy(next.p, b->p, (size_t)mk_min(b->n, n));
    room_free(b->p);
    *b = next;
    return true;
}

/* A cut that gives back less than a huge page is not worth breaking one up. */
static bool remap(struct mk_buffer *place, size_t n) {
    size_t rounded = (size_t)mk_align(n, n > place->n ? HUGE_PAGE : CUT_AT);
    if (rounded == 0 || (rounded <= place->n && place->n - rounded < HUGE_PAGE))
        return true;
    uint8_t *p = mremap(place->p, place->n, rounded, MREMAP_MAYMOVE);
    if (p == MAP_FAILED)
        return false;
    if (rounded > place->n)
        ask_for_huge_pages(p, rounded);
    *place = (struct mk_buffer){p, rounded};
    return true;
}

bool room_resize(struct mk_buffer *b, size_t n) {
    struct mk_buffer *place = room_of(b->p);
    bool done = place && remap(place, n);
    if (done)
        *b = (struct mk_buffer){place->p, n};
    return done || n <= b->n || move(b, n);
}

void room_free(void *p) {
    struct mk_buffer *place = room_of(p);
    if (place) {
        munmap(place->p, place->n);
        *place = (struct mk_buffer){NULL, 0};
    } else {
        free(p);
    }
}

bool room_holds(struct mk_span s) {
    for (size_t i = 0; s.p && i < ROOMS; i++)
        if (rooms[i].p && rooms[i].p <= s.p && s.p + s.n <= rooms[i].p + rooms[i].n)
            return true;
    return false;
}
