/* SPDX-License-Identifier: MIT */
#include "fault.h"

#include <unistd.h>

ssize_t __real_read(int fd, void *p, size_t n);
ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_read(int fd, void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
int __wrap_fsync(int fd);

static size_t stream_most;

void fault_streams(size_t most) {
    stream_most = most;
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

/* A target's files need not survive a power cut, so skip the sync. */
int __wrap_fsync(int fd) {
    (void)fd;
    return 0;
}
