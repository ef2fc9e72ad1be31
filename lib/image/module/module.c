/* SPDX-License-Identifier: MIT */
#include "../tree.h"

#include <stdlib.h>
#include <string.h>

/* The boot partition does not work without these modules: bring-up and its base. BUP also turns the
 * 30-minute watchdog off. In a directory, names are prefixes, which include bup_rcv, kernel_... */
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

bool mki_modules_cover(const struct mk_partition *p, const struct mk_module *m, uint64_t *covered,
                       struct mk_error *e) {
    uint64_t limit = MK_LIMIT_COVER_TIMES * p->size;
    *covered += m->end - m->start;
    return *covered <= limit || mk_fail_limit(e, MK_E_COUNT, p->bytes.at, *covered, limit,
                                              "bytes of all modules together");
}

static int compare_names(const struct mk_module *m, const uint8_t *name, size_t n) {
    if (m->name_length != n)
        return m->name_length < n ? -1 : 1;
    return n > 0 ? memcmp(m->name, name, n) : 0;
}

static int by_name(const void *a, const void *b) {
    const struct mk_module *const *x = a, *const *y = b;
    int order = compare_names(*x, (*y)->name, (*y)->name_length);
    return order != 0 ? order : (*x > *y) - (*x < *y);
}

bool mki_modules_sort(struct mk_partition *p, struct mk_error *e) {
    p->by_name = calloc(p->n_modules + 1, sizeof(struct mk_module *));
    if (!p->by_name)
        return mk_fail_memory(e);
    for (size_t i = 0; i < p->n_modules; i++)
        p->by_name[i] = &p->modules[i];
    if (p->n_modules > 1)
        qsort(p->by_name, p->n_modules, sizeof(struct mk_module *), by_name);
    return true;
}

struct mk_module *mki_module_named(const struct mk_partition *p, const uint8_t *name, size_t n) {
    size_t low = 0, high = p->n_modules;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(p->by_name[middle], name, n) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < p->n_modules && compare_names(p->by_name[low], name, n) == 0;
    return found ? p->by_name[low] : NULL;
}

const struct mk_module *mk_module_find(const struct mk_partition *p, const char *name) {
    return mki_module_named(p, (const uint8_t *)name, strlen(name));
}

const struct mk_module *mk_module_find_same(const struct mk_partition *p,
                                            const struct mk_module *m) {
    return mki_module_named(p, m->name, m->name_length);
}
