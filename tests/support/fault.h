/* SPDX-License-Identifier: MIT */
/* The fault injector within a process: counts what the code under test asks the allocator for, and
 * lets requests fail. A program that is linked with mekit_fault has the allocator's calls wrapped
 * (--wrap, CMakeLists.txt here): what shared libraries allocate inside of themselves does not
 * count. With mekit_fault_libraries the calls of libcrypto and liblzma that can lack memory count
 * as requests too. The injector for a whole tool is preloaded: tests/tool/wrap. */
#ifndef MEKIT_TESTS_FAULT_H
#define MEKIT_TESTS_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault {
    uint64_t calls;     /* requests so far */
    uint64_t fail_at;   /* this request fails, counted from 1; 0: none */
    int64_t held;       /* blocks that were not given back */
    int64_t live, peak; /* bytes */
    bool failed;        /* a request did fail */
};

void fault_begin(uint64_t fail_at);
struct fault fault_end(void);

/* Counts one request, and says whether it fails: for further wrapped calls. */
bool fault_hits(void);

/* How many bytes a read and a write do at most; 0: all. Where read, write and fsync are wrapped
 * too; fsync then does nothing. */
void fault_streams(size_t most);

#endif
