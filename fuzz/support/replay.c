/* SPDX-License-Identifier: MIT */
/* Runs a target without a fuzzer: on every named file; with --forged N also on every forged image,
 * whole and in N seeded variants (cut, changed bytes and fields, corrected sums). */
#include "fuzz.h"

#include <forge/forge.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST 0x26000u /* size of a forged image */
#define HEADERS 0x2000u  /* most structures lie below this: half of the changes go there */
#define CHANGES 4

static unsigned runs;

static void run(const uint8_t *bytes, size_t n) {
    uint8_t *exact = malloc(n ? n : 1);
    if (!exact)
        exit(2);
    if (n > 0)
        memcpy(exact, bytes, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    runs++;
}

static int run_file(const char *path) {
    FILE *file = fopen(path, "rb");
    static uint8_t bytes[1 << 24];
    if (!file)
        return 2;
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    run(bytes, n);
    return 0;
}

static uint32_t next(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void change(struct mk_buffer b, uint32_t *seed) {
    size_t head = b.n < HEADERS ? b.n : HEADERS;
    for (int k = 0; k < CHANGES; k++) {
        size_t at = next(seed) % (next(seed) % 2 ? b.n : head);
        uint8_t byte = (uint8_t)next(seed);
        mk_buffer_put(b, at, &byte, 1);
    }
}

/* Changes bytes, cuts, or changes fields, in turn; corrects the sums of every second variant and
 * signs every eighth again. */
static void run_variant(struct mk_buffer copy, unsigned i, uint32_t *seed) {
    if (i % 3 == 2)
        for (int k = 0; k < CHANGES; k++)
            fuzz_change_field(copy, (uint64_t)next(seed) << 32 | next(seed));
    else
        change(copy, seed);
    if (i % 2)
        fuzz_mend(copy, i % 8 == 7);
    copy.p[copy.n - 1] = (uint8_t)next(seed); /* chooses the target's action */
    run(copy.p, i % 3 == 1 ? next(seed) % copy.n : copy.n);
}

static void run_forged(unsigned variants) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct mk_buffer b;
        char name[64];
        uint32_t seed = (uint32_t)i * 2654435761u + 1;
        snprintf(name, sizeof name, "%s", forge_recipe(i)->name);
        if (!forge_build(name, &b))
            exit(2);
        struct mk_buffer copy = {malloc(b.n + 1), b.n};
        if (b.n <= LARGEST)
            run(b.p, b.n);
        for (unsigned k = 0; copy.p && b.n > 0 && b.n <= LARGEST && k < variants; k++) {
            memcpy(copy.p, b.p, b.n);
            run_variant(copy, (unsigned)i + k, &seed);
        }
        free(copy.p);
        free(b.p);
    }
}

int main(int argc, char **argv) {
    int status = 0, first = 1;
    if (argc > 2 && strcmp(argv[1], "--forged") == 0) {
        run_forged((unsigned)strtoul(argv[2], NULL, 10));
        first = 3;
    }
    for (int i = first; i < argc; i++)
        status |= run_file(argv[i]);
    printf("%u runs\n", runs);
    return status || runs == 0;
}
