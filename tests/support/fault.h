/* SPDX-License-Identifier: MIT */
/* The fault injector inside a process: counts the memory requests of the code under test, and lets
 * requests fail. Linking with mekit_fault wraps the allocator's calls (--wrap, CMakeLists.txt
 * here); allocations inside shared libraries do not count. With mekit_fault_libraries, calls of
 * libcrypto and liblzma that may run out of memory count as requests too. The injector for a whole
 * tool is preloaded: tests/tool/wrap. */
#ifndef MEKIT_TESTS_FAULT_H
#define MEKIT_TESTS_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault {
    uint64_t calls;     /* requests so far */
    uint64_t fail_at;   /* this request fails, counted from 1; 0: none */
    int64_t held;       /* blocks that were not freed */
    int64_t live, peak; /* bytes */
    bool failed;        /* a request did fail */
};

void fault_begin(uint64_t fail_at);
struct fault fault_end(void);

/* Counts one request and returns whether it fails: for more wrapped calls. */
bool fault_hits(void);

/* Limits the bytes of each read and write; 0: no limit. It works if read, write and fsync are
 * wrapped too; fsync then does nothing. */
void fault_streams(size_t most);

#endif
