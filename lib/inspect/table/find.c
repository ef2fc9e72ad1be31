/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <mekit/base/text.h>

bool mki_table_find(const struct mk_image *image, const struct mk_partition *p,
                    struct mk_findings *f, enum mk_finding_id id, uint64_t offset, const char *text,
                    struct mk_error *e) {
    char name[MK_TEXT_ROOM(4)];
    bool needed = p == image->firmware.boot;
    return mk_finding_add(f, needed ? id : MK_FINDING_CODE_DAMAGED, offset, 0, e, "%s: %s",
                          mk_text_mask(name, sizeof name, p->name, sizeof p->name), text);
}
