/* SPDX-License-Identifier: MIT */
#include <mekit/format/tag.h>

bool mk_tag_is_at(struct mk_span s, uint64_t at, uint32_t tag) {
    struct mk_span bytes;
    return mk_span_cut(s, at, sizeof tag, &bytes) && mk_span_u32(bytes, 0) == tag;
}
