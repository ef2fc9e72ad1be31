/* SPDX-License-Identifier: MIT */
#include "fault.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__real_aligned_alloc(size_t align, size_t n);
void __real_free(void *p);

void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
void *__wrap_aligned_alloc(size_t align, size_t n);
void __wrap_free(void *p);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t n);

static struct fault fault;
static bool on;

void fault_begin(uint64_t fail_at) {
    fault = (struct fault){.fail_at = fail_at};
    on = true;
}

struct fault fault_end(void) {
    on = false;
    return fault;
}

bool fault_hits(void) {
    bool hit = on && ++fault.calls == fault.fail_at;
    fault.failed = fault.failed || hit;
    return hit;
}

static void *count(void *p) {
    if (on && p) {
        fault.held++;
        fault.live += (int64_t)malloc_usable_size(p);
        fault.peak = fault.live > fault.peak ? fault.live : fault.peak;
    }
    return p;
}

static void forget(void *p) {
    if (on && p) {
        fault.held--;
        fault.live -= (int64_t)malloc_usable_size(p);
    }
}

void *__wrap_malloc(size_t n) {
    return fault_hits() ? NULL : count(__real_malloc(n));
}

void *__wrap_calloc(size_t n, size_t size) {
    return fault_hits() ? NULL : count(__real_calloc(n, size));
}

void *__wrap_aligned_alloc(size_t align, size_t n) {
    return fault_hits() ? NULL : count(__real_aligned_alloc(align, n));
}

void *__wrap_realloc(void *p, size_t n) {
    if (fault_hits())
        return NULL;
    size_t before = on && p ? malloc_usable_size(p) : 0;
    void *now = __real_realloc(p, n);
    if (now && on && p) {
        fault.held--;
        fault.live -= (int64_t)before;
    }
    return count(now);
}

void __wrap_free(void *p) {
    forget(p);
    __real_free(p);
}

char *__wrap_strndup(const char *text, size_t n) {
    size_t length = strnlen(text, n);
    char *copy = __wrap_malloc(length + 1);
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

char *__wrap_strdup(const char *text) {
    return __wrap_strndup(text, strlen(text));
}
