#include "tree.h"

#include <stdlib.h>
#include <string.h>

/* Nothing of the boot partition works without these: bring-up and what it stands on. BUP also turns
 * the 30-minute watchdog off. In a directory, names are prefixes: bup_rcv, kernel_... go with them.
 */
static const char *const essential_modules[] = {"ROMP", "BUP"};
static const char *const essential_prefixes[] = {"rbe", "kernel", "syslib", "bup"};
static const char *const essential_suffixes[] = {".man", ".met"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *mk_compression_name(enum mk_compression c) {
    static const char *const names[] = {"uncomp.", "Huffman", "LZMA", "unknown"};
    return names[c];
}

static bool is_one_of_modules(const uint8_t *name, size_t n) {
    for (size_t i = 0; i < COUNT(essential_modules); i++)
        if (n == strlen(essential_modules[i]) && memcmp(name, essential_modules[i], n) == 0)
            return true;
    return false;
}

static bool begins_or_ends_essential(const uint8_t *name, size_t n) {
    for (size_t i = 0; i < COUNT(essential_prefixes); i++) {
        size_t length = strlen(essential_prefixes[i]);
        if (n >= length && memcmp(name, essential_prefixes[i], length) == 0)
            return true;
    }
    for (size_t i = 0; i < COUNT(essential_suffixes); i++) {
        size_t length = strlen(essential_suffixes[i]);
        if (n >= length && memcmp(name + n - length, essential_suffixes[i], length) == 0)
            return true;
    }
    return false;
}

bool mk_module_is_essential(enum mk_partition_layout layout, const uint8_t *name, size_t n) {
    return layout == MK_LAYOUT_DIRECTORY ? begins_or_ends_essential(name, n)
                                         : is_one_of_modules(name, n);
}

bool modules_cover(const struct mk_partition *p, const struct mk_module *m, uint64_t *covered,
                   struct mk_error *e) {
    uint64_t limit = MK_LIMIT_COVER_TIMES * p->size;
    *covered += m->end - m->start;
    return *covered <= limit || mk_fail_limit(e, MK_E_COUNT, p->bytes.at, *covered, limit,
                                              "bytes of all modules together");
}

static enum mk_partition_layout layout_of(struct mk_span bytes) {
    if (mk_span_has(bytes, 0, "$CPD", 4))
        return MK_LAYOUT_DIRECTORY;
    return mk_manifest_is_at(bytes) ? MK_LAYOUT_MANIFEST : MK_LAYOUT_DATA;
}

bool partition_read(struct mk_partition *p, unsigned sibling, struct mk_error *e) {
    p->layout = layout_of(p->bytes);
    bool read = true;
    if (p->layout == MK_LAYOUT_DIRECTORY)
        read = directory_modules_read(p, &p->problem);
    else if (p->layout == MK_LAYOUT_MANIFEST)
        read = manifest_modules_read(p, sibling, &p->problem);
    if (!p->by_name && !modules_sort(p, e))
        return false;
    if (!read && p->problem.code == MK_E_MEMORY) {
        *e = p->problem;
        return false;
    }
    return true;
}

void partition_free(struct mk_partition *p) {
    free(p->modules);
    free(p->by_name);
    mk_cpd_free(&p->cpd);
    mk_llut_free(&p->llut);
}

const struct mk_partition *mk_partition_find(const struct mk_firmware *f, const char name[4]) {
    for (size_t i = 0; i < f->n_partitions; i++)
        if (memcmp(f->partitions[i].name, name, 4) == 0)
            return &f->partitions[i];
    return NULL;
}
