/* SPDX-License-Identifier: MIT */
/* Finds the link of a module, which must exist. */
#ifndef MEKIT_TESTS_FOUND_H
#define MEKIT_TESTS_FOUND_H

#include <criterion/criterion.h>
#include <mekit/verify/verify.h>
#include <string.h>

static inline const struct mk_module_link *find(const struct mk_chain *f, const char *partition,
                                                const char *name) {
    for (size_t i = 0; i < f->n_modules; i++)
        if (f->modules[i].module->name_length == strlen(name) &&
            memcmp(f->modules[i].module->name, name, strlen(name)) == 0 &&
            memcmp(f->modules[i].partition->name, partition, 4) == 0)
            return &f->modules[i];
    cr_assert(false, "%s/%s", partition, name);
    return NULL;
}

#endif
