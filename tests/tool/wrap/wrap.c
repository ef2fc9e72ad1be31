/* SPDX-License-Identifier: MIT */
/* Preloaded into a tool: makes one call of the C library fail, as struct wrap says. */
#define _GNU_SOURCE
#include "wrap.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The C library's own functions, for code that runs before dlsym works. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t align, size_t n);
int __open_2(const char *path, int flags);
ssize_t __read_chk(int fd, void *p, size_t n, size_t room);

static struct wrap *wrap;

#define FOREIGN 4
static struct {
    uintptr_t start, size;
    enum wrap_call call;
} foreign[FOREIGN];
static int n_foreign;

static int (*real_open)(const char *, int, ...);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int);
static int (*real_fchmod)(int, mode_t);
static int (*real_close)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_renameat2)(int, const char *, int, const char *, unsigned);
static int (*real_link)(const char *, const char *);
static int (*real_mkdir)(const char *, mode_t);
static int (*real_pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

static int find_foreign(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size, (void)data;
    bool crypto = strstr(info->dlpi_name, "libcrypto");
    bool known = crypto || strstr(info->dlpi_name, "libseccomp");
    for (int i = 0; known && n_foreign < FOREIGN && i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            foreign[n_foreign].start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            foreign[n_foreign].size = info->dlpi_phdr[i].p_memsz;
            foreign[n_foreign++].call = crypto ? WRAP_crypto : WRAP_seccomp;
        }
    return 0;
}

static enum wrap_call whose(const void *caller) {
    for (int i = 0; i < n_foreign; i++)
        if ((uintptr_t)caller - foreign[i].start < foreign[i].size)
            return foreign[i].call;
    return WRAP_memory;
}

static void look_up(void *target, const char *name) {
    void *symbol = dlsym(RTLD_NEXT, name);
    memcpy(target, &symbol, sizeof symbol);
}

__attribute__((constructor)) static void begin(void) {
    look_up(&real_open, "open");
    look_up(&real_read, "read");
    look_up(&real_write, "write");
    look_up(&real_fsync, "fsync");
    look_up(&real_fchmod, "fchmod");
    look_up(&real_close, "close");
    look_up(&real_rename, "rename");
    look_up(&real_renameat2, "renameat2");
    look_up(&real_link, "link");
    look_up(&real_mkdir, "mkdir");
    look_up(&real_pthread_create, "pthread_create");
    dl_iterate_phdr(find_foreign, NULL);
    const char *path = getenv(WRAP_VARIABLE);
    int fd = path ? real_open(path, O_RDWR | O_CLOEXEC) : -1;
    void *p =
        fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *wrap, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0)
        real_close(fd);
    if (p == MAP_FAILED)
        return;
    wrap = p;
    wrap->loaded = 1;
}

/* Counts amount further calls of this kind; true if this call must fail. */
static bool is_hit(enum wrap_call call, uint64_t amount) {
    if (!wrap)
        return false;
    uint64_t now = __atomic_add_fetch(&wrap->calls[call], amount, __ATOMIC_RELAXED); /* threads */
    bool hit = wrap->call == call && now >= wrap->first && (wrap->on || now - amount < wrap->first);
    wrap->hits += hit;
    return hit;
}

static bool fails(bool hit) {
    bool now = hit && (wrap->action == WRAP_FAIL ||
                       (wrap->action == WRAP_RETRY && wrap->calls[wrap->call] % 2 == 1));
    if (now)
        errno = (int)wrap->number;
    return now;
}

static void after(bool hit) {
    int number = errno;
    if (hit && wrap->action == WRAP_SIGNAL)
        raise((int)wrap->number);
    errno = number;
}

static bool lacks_memory(const void *caller) {
    bool hit = is_hit(whose(caller), 1);
    after(hit);
    return fails(hit);
}

void *malloc(size_t n) {
    return lacks_memory(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size) {
    return lacks_memory(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n) {
    return lacks_memory(__builtin_return_address(0)) ? NULL : __libc_realloc(p, n);
}

void *aligned_alloc(size_t align, size_t n) {
    return lacks_memory(__builtin_return_address(0)) ? NULL : __libc_memalign(align, n);
}

int posix_memalign(void **p, size_t align, size_t n) {
    *p = lacks_memory(__builtin_return_address(0)) ? NULL : __libc_memalign(align, n);
    return *p ? 0 : ENOMEM;
}

int open(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
    va_end(list);
    bool hit = is_hit(WRAP_open, 1);
    if (fails(hit))
        return -1;
    int fd = real_open(path, flags, mode);
    after(hit);
    return fd;
}

int open64(const char *path, int flags, ...) __attribute__((alias("open")));

int __open_2(const char *path, int flags) {
    return open(path, flags);
}

ssize_t read(int fd, void *p, size_t n) {
    bool hit = is_hit(WRAP_read, 1);
    if (fails(hit))
        return -1;
    ssize_t done = real_read(fd, p, hit && wrap->action == WRAP_SHORT && n > 0 ? 1 : n);
    after(hit);
    return done;
}

ssize_t __read_chk(int fd, void *p, size_t n, size_t room) {
    return read(fd, p, n < room ? n : room);
}

/* Like a full disk: writes the bytes that still fit, then fails the next write. */
static ssize_t write_what_fits(int fd, const void *p, size_t n) {
    uint64_t used = wrap->calls[WRAP_bytes], room = wrap->first - 1;
    if (wrap->call != WRAP_bytes || used + n <= room) {
        wrap->calls[WRAP_bytes] += n;
        return real_write(fd, p, n);
    }
    wrap->hits++;
    wrap->last_fd = fd;
    wrap->calls[WRAP_bytes] = room;
    if (used < room)
        return real_write(fd, p, (size_t)(room - used));
    errno = (int)wrap->number;
    return -1;
}

ssize_t write(int fd, const void *p, size_t n) {
    bool hit = is_hit(WRAP_write, 1);
    if (!wrap)
        return real_write(fd, p, n);
    if (hit)
        wrap->last_fd = fd;
    if (fails(hit))
        return -1;
    if (hit && wrap->action == WRAP_NOTHING)
        return 0;
    ssize_t done = write_what_fits(fd, p, hit && wrap->action == WRAP_SHORT && n > 0 ? 1 : n);
    after(hit);
    return done;
}

#define SIMPLE(call, parameters, arguments)                                                        \
    int call parameters {                                                                          \
        bool hit = is_hit(WRAP_##call, 1);                                                         \
        if (fails(hit))                                                                            \
            return -1;                                                                             \
        int result = real_##call arguments;                                                        \
        after(hit);                                                                                \
        return result;                                                                             \
    }

SIMPLE(fsync, (int fd), (fd))
SIMPLE(fchmod, (int fd, mode_t mode), (fd, mode))
SIMPLE(rename, (const char *from, const char *to), (from, to))
SIMPLE(renameat2, (int in, const char *from, int out, const char *to, unsigned flags),
       (in, from, out, to, flags))
SIMPLE(link, (const char *from, const char *to), (from, to))
SIMPLE(mkdir, (const char *path, mode_t mode), (path, mode))

/* A close that fails still closes the descriptor. */
int close(int fd) {
    bool hit = is_hit(WRAP_close, 1);
    int result = real_close(fd);
    if (hit)
        wrap->last_fd = fd;
    if (fails(hit))
        return -1;
    after(hit);
    return result;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *of) {
    return fails(is_hit(WRAP_thread, 1)) ? errno
                                         : real_pthread_create(thread, attributes, start, of);
}
