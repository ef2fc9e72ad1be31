#include "work.h"

bool work_spend(uint64_t *left, uint64_t n, uint64_t at, struct mk_error *e) {
    if (n > *left)
        return mk_fail(e, MK_E_COUNT, at, "its parts overlap: more to hash than can be true");
    *left -= n;
    return true;
}
