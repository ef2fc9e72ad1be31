/* Counts what mekit asks the allocator for, and lets one request fail. A target is linked with
 * --wrap for the names below: what libcrypto, jansson's own calls or the C library allocate inside
 * of themselves does not count. */
#ifndef MEKIT_FUZZ_METER_H
#define MEKIT_FUZZ_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct meter {
    uint64_t calls;     /* requests so far */
    int64_t live, peak; /* bytes */
    uint64_t fail_at;   /* this request fails; 0: none */
    bool failed;
};

void meter_start(uint64_t fail_at);
struct meter meter_stop(void);

/* Around the work on one input: all is given back, and never more was held than MK_LIMIT_MEMORY. */
void meter_begin(void);
void meter_end(void);

/* How many bytes a read and a write do at most; 0: all. fsync does nothing in a target. */
void meter_streams(size_t most);

#endif
