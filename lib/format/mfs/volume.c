/* SPDX-License-Identifier: MIT */
#include "volume.h"

void mki_volume_fault(struct volume *v, enum mk_code code, uint64_t offset, uint64_t got,
                      uint64_t limit, const char *what) {
    if (v->mfs->problem.code == MK_OK)
        mk_fail_limit(&v->mfs->problem, code, offset, got, limit, what);
    v->mfs->state = MK_MFS_DAMAGED;
}
