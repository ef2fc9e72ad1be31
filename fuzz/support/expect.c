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

/* FNV-1a over the last bytes. */
unsigned fuzz_choose(struct mk_span input, unsigned turn, unsigned limit) {
    uint32_t hash = 0x811C9DC5u + turn;
    for (size_t i = input.n > 4 ? input.n - 4 : 0; i < input.n; i++)
        hash = (hash ^ mk_span_u8(input, i)) * 0x01000193u;
    return (hash >> 8) % limit;
}

void fuzz_memory_begin(void) {
    fault_begin(0);
}

void fuzz_memory_end(void) {
    struct fault seen = fault_end();
    fuzz_expect(seen.live <= 0, "all memory is given back");
    fuzz_expect(seen.peak <= (int64_t)MK_LIMIT_MEMORY, "memory is bounded");
}
