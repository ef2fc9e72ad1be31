/* SPDX-License-Identifier: MIT */
/* Preloaded into a tool: prints to standard error the calls that no tool may make, and the mode of
 * a file before its last change. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <utime.h>

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
