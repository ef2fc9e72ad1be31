/* Replays files and seeds without libFuzzer: every file named, or with none every forged image,
 * whole and in a hundred seeded variants (cut, bytes changed). */
#include "fuzz.h"

#include <forge/forge.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VARIANTS 100
#define LARGEST  0x26000u

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

static void run_variants(struct mk_buffer b, uint32_t seed) {
    uint8_t *copy = malloc(b.n + 1);
    for (int i = 0; copy && b.n > 0 && i < VARIANTS; i++) {
        memcpy(copy, b.p, b.n);
        for (int k = 0; k < 4; k++)
            copy[next(&seed) % (next(&seed) % 2 ? b.n : (b.n < 0x2000 ? b.n : 0x2000))] =
                (uint8_t)next(&seed);
        copy[b.n - 1] = (uint8_t)next(&seed); /* chooses what fuzz_plan does */
        run(copy, i % 3 ? b.n : next(&seed) % b.n);
    }
    free(copy);
}

static void run_forged(void) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct mk_buffer b;
        char name[64];
        snprintf(name, sizeof name, "%s", forge_recipe(i)->name);
        if (!forge_build(name, &b))
            exit(2);
        if (b.n <= LARGEST) {
            run(b.p, b.n);
            run_variants(b, (uint32_t)i * 2654435761u + 1);
        }
        free(b.p);
    }
}

int main(int argc, char **argv) {
    int status = 0;
    for (int i = 1; i < argc; i++)
        status |= run_file(argv[i]);
    if (argc == 1)
        run_forged();
    printf("%u runs\n", runs);
    return status || runs == 0;
}
