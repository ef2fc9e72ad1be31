/* SPDX-License-Identifier: MIT */
/* The requests of the driver to the wrapper, and the wrapper's answers: a file that both map,
 * because inside the sandbox the tool can open or write nothing. */
#ifndef MEKIT_TESTS_WRAP_H
#define MEKIT_TESTS_WRAP_H

#include <stdint.h>

#define WRAP_VARIABLE "MEKIT_WRAP" /* the path of that file */

/* memory: an allocation; crypto, seccomp: an allocation of libcrypto or libseccomp, which do not
 * survive every failure; bytes: like write, but counted in bytes. */
#define WRAP_CALLS(X)                                                                              \
    X(memory)                                                                                      \
    X(crypto)                                                                                      \
    X(seccomp)                                                                                     \
    X(open)                                                                                        \
    X(read)                                                                                        \
    X(write) X(bytes) X(fsync) X(fchmod) X(close) X(rename) X(renameat2) X(link) X(mkdir) X(thread)

enum wrap_call {
#define X(name) WRAP_##name,
    WRAP_CALLS(X)
#undef X
        WRAP_COUNT
};

enum wrap_action {
    WRAP_FAIL,   /* with the errno */
    WRAP_SIGNAL, /* raises signal number after the call */
    WRAP_SHORT,  /* read and write do one byte */
    WRAP_RETRY,  /* every second call fails with the errno */
    WRAP_NOTHING /* the call does nothing and returns 0 */
};

struct wrap {
    uint32_t call, action, number, on; /* on: all calls from number first on, not only that one */
    uint64_t first;                    /* counted from 1 */
    uint64_t calls[WRAP_COUNT], hits;
    int32_t last_fd; /* descriptor of the write or close that was hit; 0: none */
    uint32_t loaded;
};

#endif
