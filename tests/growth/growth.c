/* SPDX-License-Identifier: MIT */
/* Measures how the work grows with each count and size that an image or another file can choose.
 *
 * usage: growth build FOLDER [long]   writes a file of each shape at n, 2 n (long: and on), and
 *                                     prints a line for each: SHAPE N FILE
 *        growth measure FOLDER [long] does the work on each of them, in the same order; one call of
 *                                     growth_measured each, so that callgrind can count it */
#include "shapes.h"
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_ROOM 512u
#define PAGE      0x1000u

static const struct shape {
    const char *name;
    size_t first;     /* the short form: this size and twice this */
    size_t low, high; /* the long form: from low, doubled up to high */
    shape_build *build;
    work_function *work;
} shapes[] = {
    {"linear", 2000, 2000, 8000, shape_room, work_linear},
    {"quadratic", 500, 500, 2000, shape_room, work_quadratic},
    {"fpt", 14, 7, 28, shape_fpt, work_image},
    {"fpt-same", 4, 7, 28, shape_fpt_same, work_image},
    {"bpdt", 32, 31, 124, shape_bpdt, work_image},
    {"bpdt-same", 8, 31, 124, shape_bpdt_same, work_image},
    {"bpdt-beyond", 62, 31, 124, shape_bpdt_beyond, work_image},
    {"mme", 32, 16, 256, shape_mme, work_image},
    {"cpd", 128, 64, 510, shape_cpd, work_image},
    {"cpd-boot", 128, 64, 510, shape_cpd_boot, work_image},
    {"cpd-same", 512, 64, 1024, shape_cpd_same, work_image},
    {"manifests", 8, 8, 512, shape_manifests, work_image},
    {"key-lists", 200, 100, 800, shape_lists, work_image},
    {"known-hashes", 256, 64, 1024, shape_known, work_image},
    {"extensions", 2000, 1000, 8000, shape_extensions, work_image},
    {"listed", 200, 100, 1000, shape_listed, work_image},
    {"records", 256, 64, 1000, shape_records, work_image},
    {"stored", 0x20000, 0x10000, 0x80000, shape_stored, work_image},
    {"lzma", 0x10000, 0x10000, 0x80000, shape_lzma, work_image},
    {"huffman", 0x10000, 0x10000, 0x80000, shape_huffman, work_image},
    {"chunks", 2048, 1024, 65536, shape_llut, work_image},
    {"shared-pages", 16, 8, 256, shape_shared_pages, work_image},
    {"erased", 0x20000, 0x40000, 0x400000, shape_erased, work_image},
    {"random", 0x20000, 0x20000, 0x400000, shape_random, work_image},
    {"blocks", 0x20000, 0x20000, 0x400000, shape_blocks, work_image},
    {"straps", 60, 60, 240, shape_straps, work_image},
    {"scan-tables", 64, 64, 4096, shape_scan_fpt, work_image},
    {"scan-directories", 64, 64, 4096, shape_scan_cpd, work_image},
    {"scan-tags", 64, 64, 4096, shape_scan_tags, work_image},
    {"scan-boot-tables", 256, 256, 4096, shape_scan_bpdt, work_image},
    {"scan-copies", 1024, 1024, 8192, shape_scan_copies, work_image},
    {"codebook", 4, 4, 16, shape_codebook, work_codebook},
    {"undo-record", 1000, 1000, 8000, shape_record, work_record},
    {"gzip", 0x40000, 0x40000, 0x400000, shape_gzip, work_packed},
    {"xz", 0x40000, 0x40000, 0x400000, shape_xz, work_packed},
    {"ranges", 2000, 2000, 32000, shape_room, work_ranges},
};

typedef bool visitor(const struct shape *shape, size_t n, const char *path);

static bool each(const char *folder, bool is_long, visitor *visit) {
    char path[PATH_ROOM];
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        const struct shape *s = &shapes[i];
        size_t high = is_long ? s->high : 2 * s->first;
        for (size_t n = is_long ? s->low : s->first; n <= high; n *= 2) {
            snprintf(path, sizeof path, "%s/%s.%zu", folder, s->name, n);
            if (!visit(s, n, path))
                return false;
        }
    }
    return true;
}

static bool write_file(const char *path, struct mk_buffer b) {
    FILE *to = fopen(path, "wb");
    bool done = to && fwrite(b.p, 1, b.n, to) == b.n;
    return to && fclose(to) == 0 && done;
}

static void name_other(char other[PATH_ROOM], const char *path) {
    snprintf(other, PATH_ROOM, "%.*s~", (int)PATH_ROOM - 2, path);
}

/* The other file differs in the last byte of each page. */
static bool build(const struct shape *shape, size_t n, const char *path) {
    struct mk_buffer b = {NULL, 0};
    char other[PATH_ROOM];
    name_other(other, path);
    bool done = shape->build(n, &b) && write_file(path, b);
    for (size_t at = PAGE - 1; done && at < b.n; at += PAGE)
        mk_buffer_fill(b, at, 1, 0xA5);
    done = done && write_file(other, b);
    free(b.p);
    if (done)
        printf("%s %zu\n", shape->name, n);
    else
        fprintf(stderr, "growth: %s of %zu can't be built\n", shape->name, n);
    return done;
}

void growth_measured(const struct work *work, work_function *function);

__attribute__((noinline)) void growth_measured(const struct work *work, work_function *function) {
    function(work);
}

static bool measure(const struct shape *shape, size_t n, const char *path) {
    static void (*volatile const measured)(const struct work *, work_function *) = growth_measured;
    char other[PATH_ROOM];
    FILE *from = fopen(path, "rb");
    (void)n;
    name_other(other, path);
    if (!from || fseek(from, 0, SEEK_END) != 0)
        return false;
    size_t size = (size_t)ftell(from);
    uint8_t *bytes = malloc(size);
    rewind(from);
    bool read = bytes && fread(bytes, 1, size, from) == size;
    fclose(from);
    if (read)
        measured(&(struct work){mk_span_of(bytes, size), path, other}, shape->work);
    free(bytes);
    return read;
}

int main(int argc, char **argv) {
    bool is_long = argc == 4 && strcmp(argv[3], "long") == 0;
    bool builds = argc > 2 && strcmp(argv[1], "build") == 0;
    if (argc < 3 || argc > 4 || (!builds && strcmp(argv[1], "measure") != 0))
        return 2;
    if (!builds)
        work_prepare();
    return each(argv[2], is_long, builds ? build : measure) ? 0 : 1;
}
