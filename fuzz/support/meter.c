#include "meter.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__real_aligned_alloc(size_t align, size_t n);
void __real_free(void *p);
ssize_t __real_read(int fd, void *p, size_t n);
ssize_t __real_write(int fd, const void *p, size_t n);

void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
void *__wrap_aligned_alloc(size_t align, size_t n);
void __wrap_free(void *p);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t n);
ssize_t __wrap_read(int fd, void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
int __wrap_fsync(int fd);

static struct meter meter;
static bool on;
static size_t stream_most;

void meter_start(uint64_t fail_at) {
    meter = (struct meter){.fail_at = fail_at};
    on = true;
}

struct meter meter_stop(void) {
    on = false;
    return meter;
}

void meter_streams(size_t most) {
    stream_most = most;
}

static bool is_refused(void) {
    bool refused = on && ++meter.calls == meter.fail_at;
    meter.failed = meter.failed || refused;
    return refused;
}

static void *count(void *p) {
    if (on && p) {
        meter.live += (int64_t)malloc_usable_size(p);
        meter.peak = meter.live > meter.peak ? meter.live : meter.peak;
    }
    return p;
}

static void forget(void *p) {
    if (on && p)
        meter.live -= (int64_t)malloc_usable_size(p);
}

void *__wrap_malloc(size_t n) {
    return is_refused() ? NULL : count(__real_malloc(n));
}

void *__wrap_calloc(size_t n, size_t size) {
    return is_refused() ? NULL : count(__real_calloc(n, size));
}

void *__wrap_aligned_alloc(size_t align, size_t n) {
    return is_refused() ? NULL : count(__real_aligned_alloc(align, n));
}

void *__wrap_realloc(void *p, size_t n) {
    if (is_refused())
        return NULL;
    size_t before = on && p ? malloc_usable_size(p) : 0;
    void *now = __real_realloc(p, n);
    if (now)
        meter.live -= (int64_t)before;
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

static size_t at_most(size_t n) {
    return stream_most > 0 && n > stream_most ? stream_most : n;
}

ssize_t __wrap_read(int fd, void *p, size_t n) {
    return __real_read(fd, p, at_most(n));
}

ssize_t __wrap_write(int fd, const void *p, size_t n) {
    return __real_write(fd, p, at_most(n));
}

/* What a target writes need not outlive a power cut. */
int __wrap_fsync(int fd) {
    (void)fd;
    return 0;
}
