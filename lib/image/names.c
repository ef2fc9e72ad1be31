#include "tree.h"

#include <stdlib.h>
#include <string.h>

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

bool modules_sort(struct mk_partition *p, struct mk_error *e) {
    p->by_name = calloc(p->n_modules + 1, sizeof(struct mk_module *));
    if (!p->by_name)
        return mk_fail_memory(e);
    for (size_t i = 0; i < p->n_modules; i++)
        p->by_name[i] = &p->modules[i];
    if (p->n_modules > 1)
        qsort(p->by_name, p->n_modules, sizeof(struct mk_module *), by_name);
    return true;
}

struct mk_module *module_named(const struct mk_partition *p, const uint8_t *name, size_t n) {
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
    return module_named(p, (const uint8_t *)name, strlen(name));
}

const struct mk_module *mk_module_find_same(const struct mk_partition *p,
                                            const struct mk_module *m) {
    return module_named(p, m->name, m->name_length);
}
