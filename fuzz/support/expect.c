/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "harness.h"

#include <mekit/base/limit.h>
#include <stdio.h>
#include <stdlib.h>

void fuzz_expect(bool holds, const char *what) {
    if (holds)
        return;
    harness_streams_restore();
    fprintf(stderr, "does not hold: %s (%s)\n", what, harness_last());
    abort();
}

void fuzz_memory_begin(void) {
    fault_begin(0);
}

void fuzz_memory_end(void) {
    struct fault seen = fault_end();
    fuzz_expect(seen.live <= 0, "all memory is given back");
    fuzz_expect(seen.peak <= (int64_t)MK_LIMIT_MEMORY, "memory is bounded");
}
