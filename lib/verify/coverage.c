/* SPDX-License-Identifier: MIT */
#include "verify.h"

#include <mekit/base/arith.h>
#include <mekit/image/extent.h>

#define BLOCK 64ull /* a block of only FF counts as erased flash */

bool mki_cover_module(struct verification *v, const struct mk_module_link *m, struct mk_error *e) {
    struct located l = mki_located_of(v, m);
    bool added = l.module.n_pages
                     ? mk_module_extents(&l.partition, &l.module, &v->hashed)
                     : mk_ranges_add(&v->hashed, m->module->start, mk_module_stored_end(m->module));
    return added || mk_fail_memory(e);
}

static bool split(struct verification *v, struct mk_range r, struct mk_error *e) {
    struct mk_coverage *c = &v->chain->coverage;
    struct mk_range open = {r.start, r.start};
    for (uint64_t at = r.start; at < r.end; at = mk_min(mk_align(at + 1, BLOCK), r.end)) {
        uint64_t end = mk_min(mk_align(at + 1, BLOCK), r.end);
        if (mk_span_is_filled(mk_span_clip(v->image->region, at, end - at), 0xFF)) {
            c->erased += end - at;
            continue;
        }
        if (at == open.end)
            open.end = end;
        else if (mk_ranges_add(&c->unhashed_ranges, open.start, open.end))
            open = (struct mk_range){at, end};
        else
            return mk_fail_memory(e);
    }
    return mk_ranges_add(&c->unhashed_ranges, open.start, open.end) || mk_fail_memory(e);
}

bool mki_verify_coverage(struct verification *v, struct mk_error *e) {
    struct mk_coverage *c = &v->chain->coverage;
    struct mk_ranges rest = {0};
    uint64_t size = v->image->region.n;
    bool done = mk_ranges_add(&rest, 0, size) && mk_ranges_subtract(&v->hashed, &v->is_signed) &&
                mk_ranges_subtract(&rest, &v->is_signed) && mk_ranges_subtract(&rest, &v->hashed);
    if (!done)
        mk_fail_memory(e);
    mk_ranges_clip(&v->hashed, 0, size);
    c->is_signed = mk_ranges_size(&v->is_signed);
    c->hashed = mk_ranges_size(&v->hashed);
    for (size_t i = 0; done && i < rest.n; i++)
        done = split(v, rest.r[i], e);
    mk_ranges_free(&rest);
    c->unhashed = mk_ranges_size(&c->unhashed_ranges);
    return done;
}
