/* SPDX-License-Identifier: MIT */
/* The fault bench: flips one bit at a time in the code of an image and checks whether the library
 * finds it.
 *
 * usage: fault FLIPS SEED [--unproven | --modules] [--codebook FILE]... IMAGE... (forged images by
 * the name of their recipe)
 *
 * Code is every byte other than FF in partitions with a manifest or a directory. With --modules it
 * is only the bytes of present modules, without page tables and remains of stripped modules. Prints
 * the missed flips, and "NAME: CAUGHT of FLIPS". With --unproven a flip also counts as found if a
 * module is no longer proven. Exits with 1 if the unchanged image is not good. */
#include "codebook.h"
#include "forge/forge.h"
#include "input.h"

#include <mekit/base/text.h>
#include <mekit/image/extent.h>
#include <mekit/verify/verify.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 64u

struct bench {
    unsigned long flips;
    uint64_t random;
    bool unproven, modules;
    size_t proven; /* proven modules of the unchanged image */
    struct mk_codebooks books;
};

/* splitmix64: the same flips on every machine. */
static uint64_t next_random(struct bench *b) {
    uint64_t z = b->random += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t count_proven(const struct mk_chain *chain) {
    size_t n = 0;
    for (size_t i = 0; i < chain->n_modules; i++)
        n += chain->modules[i].result == MK_CHECK_MATCH;
    return n;
}

static bool is_good(const struct bench *b, struct mk_buffer bytes, size_t *proven) {
    struct mk_image image;
    struct mk_chain chain;
    struct mk_error e;
    if (!mk_image_recognise(mk_buffer_span(bytes), NULL, &image, &e))
        return false;
    bool done = mk_verify(&image, b->books.list, b->books.n, &chain, &e);
    bool good = done && chain.verdict == MK_VERDICT_VALID;
    *proven = done ? count_proven(&chain) : 0;
    if (done)
        mk_chain_free(&chain);
    mk_image_free(&image);
    return good;
}

static bool is_found(const struct bench *b, struct mk_buffer bytes) {
    size_t proven;
    return !is_good(b, bytes, &proven) || (b->unproven && proven < b->proven);
}

/* Adds the places of code, file-relative. */
static void add_modules(const struct mk_image *image, const struct mk_partition *p,
                        struct mk_ranges *code) {
    struct mk_ranges own = {0};
    uint64_t base = image->region.at;
    for (size_t k = 0; k < p->n_modules; k++) {
        const struct mk_module *m = &p->modules[k];
        enum mk_module_state state;
        if (m->kind == MK_MODULE_CODE && mk_module_state(image->region, p, m, &state, NULL) &&
            state == MK_MODULE_PRESENT)
            mk_module_extents(p, m, &own);
    }
    for (size_t i = 0; i < own.n; i++)
        mk_ranges_add(code, base + own.r[i].start, base + own.r[i].end);
    mk_ranges_free(&own);
}

static struct mk_ranges code_of(const struct bench *b, struct mk_buffer bytes) {
    struct mk_ranges code = {0};
    struct mk_image image;
    if (!mk_image_recognise(mk_buffer_span(bytes), NULL, &image, NULL))
        return code;
    for (size_t i = 0; i < image.firmware.n_partitions; i++) {
        const struct mk_partition *p = &image.firmware.partitions[i];
        if (p->layout != MK_LAYOUT_DATA && b->modules)
            add_modules(&image, p, &code);
        else if (p->layout != MK_LAYOUT_DATA)
            mk_ranges_add(&code, p->bytes.at, p->bytes.at + p->bytes.n);
    }
    mk_image_free(&image);
    mk_ranges_settle(&code);
    return code;
}

static uint64_t pick(struct bench *b, struct mk_buffer bytes, struct mk_ranges *code) {
    for (;;) {
        uint64_t at = next_random(b) % mk_ranges_size(code), i = 0;
        while (at >= code->r[i].end - code->r[i].start) {
            at -= code->r[i].end - code->r[i].start;
            i++;
        }
        if (bytes.p[code->r[i].start + at] != 0xFF)
            return code->r[i].start + at;
    }
}

/* Places with missed flips and their count: no hash covers these. */
struct missed {
    char place[80];
    unsigned long n;
};

static void count_missed(struct missed *all, const char *place) {
    size_t i = 0;
    while (i + 1 < PLACES && all[i].n > 0 && strcmp(all[i].place, place) != 0)
        i++;
    snprintf(all[i].place, sizeof all[i].place, "%s", place);
    all[i].n++;
}

static bool is_in_table(const struct mk_partition *p, uint64_t at) {
    return p->has_llut && at >= p->llut.bytes.at &&
           at - p->llut.bytes.at < MK_LLUT_HEADER_SIZE + 4ull * p->llut.n;
}

/* True inside a page of a Huffman module that the table lists. */
static bool is_in_page(const struct mk_image *image, const struct mk_partition *p, uint64_t at) {
    for (size_t k = 0; k < p->n_modules; k++)
        for (unsigned i = 0; p->has_llut && i < p->modules[k].n_pages; i++) {
            const struct mk_chunk *c = &p->llut.chunks[p->modules[k].first_page + i];
            if (c->kind != MK_CHUNK_EMPTY && at - image->region.at >= c->start &&
                at - image->region.at < c->end)
                return true;
        }
    return false;
}

/* Names the module or partition of a place. */
static void describe(struct mk_buffer bytes, uint64_t at, char out[80]) {
    struct mk_image image;
    snprintf(out, 80, "no partition");
    if (!mk_image_recognise(mk_buffer_span(bytes), NULL, &image, NULL))
        return;
    for (size_t i = 0; i < image.firmware.n_partitions; i++) {
        const struct mk_partition *p = &image.firmware.partitions[i];
        char name[MK_TEXT_ROOM(4)], module[MK_TEXT_ROOM(16)] = "between modules";
        if (at < p->bytes.at || at >= p->bytes.at + p->bytes.n)
            continue;
        if (is_in_table(p, at))
            snprintf(module, sizeof module, "table of pages");
        else if (is_in_page(&image, p, at))
            snprintf(module, sizeof module, "a page");
        for (size_t k = 0; k < p->n_modules; k++)
            if (at - image.region.at >= p->modules[k].start &&
                at - image.region.at < p->modules[k].end)
                mk_text_mask(module, sizeof module, p->modules[k].name, p->modules[k].name_length);
        mk_text_mask(name, sizeof name, p->name, sizeof p->name);
        snprintf(out, 80, "%.8s/%.60s", name, module);
    }
    mk_image_free(&image);
}

static bool try_image(struct bench *b, const char *name, struct mk_buffer bytes) {
    unsigned long caught = 0;
    struct missed missed[PLACES] = {{.n = 0}};
    char place[80];
    if (!is_good(b, bytes, &b->proven)) {
        printf("%s: not good to begin with\n", name);
        return false;
    }
    struct mk_ranges code = code_of(b, bytes);
    if (mk_ranges_size(&code) == 0) {
        printf("%s: no code\n", name);
        return false;
    }
    for (unsigned long i = 0; i < b->flips; i++) {
        uint64_t at = pick(b, bytes, &code);
        uint8_t bit = (uint8_t)(1u << next_random(b) % 8);
        bytes.p[at] ^= bit;
        bool found = is_found(b, bytes);
        bytes.p[at] ^= bit;
        caught += found;
        if (found)
            continue;
        describe(bytes, at, place);
        count_missed(missed, place);
    }
    for (size_t i = 0; i < PLACES && missed[i].n > 0; i++)
        printf("  missed %lu in %s\n", missed[i].n, missed[i].place);
    printf("%s: %lu of %lu\n", name, caught, b->flips);
    mk_ranges_free(&code);
    return true;
}

static bool try_name(struct bench *b, const char *name) {
    struct tool_input input = {.path = NULL};
    struct mk_error e;
    char text[600];
    if (forge_build(name, &input.bytes)) {
        bool done = try_image(b, name, input.bytes);
        free(input.bytes.p);
        return done;
    }
    if (!input_read(name, MK_LIMIT_INPUT, &input, &e)) {
        mk_error_text(&e, text, sizeof text);
        printf("%s: %s\n", name, text);
        return false;
    }
    const char *slash = strrchr(name, '/');
    bool done = try_image(b, slash ? slash + 1 : name, input.bytes);
    input_free(&input);
    return done;
}

int main(int argc, char **argv) {
    if (argc < 4)
        return 2;
    struct bench b = {.flips = strtoul(argv[1], NULL, 0), .random = strtoull(argv[2], NULL, 0)};
    const char *files[MK_CODEBOOKS_MAX];
    struct tool_list list = {files, 0};
    struct mk_error e;
    char file[256];
    int i = 3, failed = 0;
    b.unproven = strcmp(argv[i], "--unproven") == 0;
    b.modules = strcmp(argv[i], "--modules") == 0;
    i += b.unproven || b.modules;
    for (; i + 1 < argc && strcmp(argv[i], "--codebook") == 0 && list.n < MK_CODEBOOKS_MAX; i += 2)
        files[list.n++] = argv[i + 1];
    if (!codebooks_load(&list, &b.books, file, &e)) {
        printf("%s: %s\n", file, e.what);
        return 2;
    }
    for (; i < argc; i++)
        failed += !try_name(&b, argv[i]);
    mk_codebooks_free(&b.books);
    return failed > 0;
}
