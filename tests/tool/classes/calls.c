/* Preloaded into a tool: tells on standard error of calls that no tool may make, lets one
 * allocation fail, and tells with what mode a file stood before it was given its last one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <utime.h>

#ifndef OWN_ALLOCATIONS /* as ASan does */
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

static unsigned long left;
static uintptr_t crypto_start, crypto_end;

/* libcrypto 3.0 crashes in EVP_MD_fetch where it gets no memory: what it asks for is not counted.
 */
static int find_crypto(struct dl_phdr_info *object, size_t size, void *ignored) {
    (void)size, (void)ignored;
    if (!strstr(object->dlpi_name, "libcrypto"))
        return 0;
    crypto_start = object->dlpi_addr;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        uintptr_t end = object->dlpi_addr + part->p_vaddr + part->p_memsz;
        if (part->p_type == PT_LOAD && end > crypto_end)
            crypto_end = end;
    }
    return 1;
}

/* Without malloc: this may be asked before anything is set up. */
__attribute__((constructor)) static void start(void) {
    const char *text = getenv("CALLS_FAIL");
    dl_iterate_phdr(find_crypto, NULL);
    left = text ? strtoul(text, NULL, 10) : 0;
}

static int fails(const void *caller) {
    uintptr_t from = (uintptr_t)caller;
    if (left == 0 || (from >= crypto_start && from < crypto_end) || --left > 0)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t n) {
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size) {
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n) {
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(p, n);
}
#endif

static void tell(const char *what) {
    ssize_t ignored = write(2, what, strlen(what));
    ignored = write(2, "\n", 1);
    (void)ignored;
}

static int forbidden(const char *what) {
    tell(what);
    errno = EPERM;
    return -1;
}

#define FORBID(name, ...)                                                                          \
    int name(__VA_ARGS__) {                                                                        \
        return forbidden("forbidden: " #name);                                                     \
    }
#pragma GCC diagnostic ignored "-Wunused-parameter"
FORBID(chmod, const char *path, mode_t mode)
FORBID(chown, const char *path, uid_t uid, gid_t gid)
FORBID(lchown, const char *path, uid_t uid, gid_t gid)
FORBID(fchmodat, int fd, const char *path, mode_t mode, int flags)
FORBID(fchownat, int fd, const char *path, uid_t uid, gid_t gid, int flags)
FORBID(utime, const char *path, const struct utimbuf *times)
FORBID(utimensat, int fd, const char *path, const struct timespec times[2], int flags)
FORBID(symlink, const char *to, const char *path)
FORBID(symlinkat, const char *to, int fd, const char *path)
FORBID(mknod, const char *path, mode_t mode, dev_t device)
FORBID(mkfifo, const char *path, mode_t mode)

int fchmod(int fd, mode_t mode) {
    struct stat status;
    int (*real)(int, mode_t) = (int (*)(int, mode_t))(uintptr_t)dlsym(RTLD_NEXT, "fchmod");
    if (fstat(fd, &status) == 0)
        tell((status.st_mode & 0777) == 0600 ? "until then: 0600" : "until then: open to others");
    return real(fd, mode);
}

void *mmap(void *p, size_t n, int protection, int flags, int fd, off_t offset) {
    void *(*real)(void *, size_t, int, int, int, off_t) =
        (void *(*)(void *, size_t, int, int, int, off_t))(uintptr_t)dlsym(RTLD_NEXT, "mmap");
    if (fd >= 0)
        tell("forbidden: a file is mapped");
    return real(p, n, protection, flags, fd, offset);
}
