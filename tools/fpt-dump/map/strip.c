/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include <mekit/action/minimum.h>
#include <mekit/action/strip.h>
#include <mekit/base/arith.h>
#include <stdlib.h>

static bool keep_fills(const struct mk_plan *plan, struct mk_ranges *removed) {
    for (size_t i = 0; i < plan->n_edits; i++) {
        const struct mk_edit *edit = &plan->edits[i];
        if (edit->kind == MK_EDIT_FILL &&
            !mk_ranges_add(removed, edit->offset, edit->offset + edit->length))
            return false;
    }
    return true;
}

/* An image without a minimum is not a failure: the strip may have removed the whole region. */
static bool read_minimum(struct map_facts *facts, struct mk_span stripped) {
    struct mk_image image;
    struct mk_error problem = {0};
    if (!mk_image_recognise(stripped, NULL, &image, &problem))
        return problem.code != MK_E_MEMORY;
    if (!mk_minimum_size(&image, &facts->minimum, &problem))
        facts->minimum = 0;
    mk_image_free(&image);
    return problem.code != MK_E_MEMORY;
}

/* Strips a copy. */
static bool try_strip(struct map_facts *facts, const struct mk_plan *plan) {
    const struct mk_span bytes = facts->image->bytes;
    struct mk_buffer copy = {.p = malloc(bytes.n), .n = bytes.n};
    struct mk_span stripped;
    bool tried = copy.p && mk_span_copy(bytes, 0, copy.p, copy.n) &&
                 mk_plan_apply(plan, copy, &stripped, &facts->refusal) &&
                 read_minimum(facts, stripped);
    free(copy.p);
    return tried;
}

bool map_strip_read(struct map_facts *facts, struct mk_error *e) {
    const struct mk_strip_options defaults = {.keep_modules = false};
    struct mk_plan plan;
    mk_plan_start(&plan, facts->image->bytes);
    facts->strips = mk_findings_allow(&facts->seen->findings, MK_TO_STRIP, 0, &facts->refusal) &&
                    mk_image_has_firmware(facts->image, &facts->refusal) &&
                    mk_strip_plan(facts->image, &defaults, &plan, &facts->refusal) &&
                    mk_plan_close(&plan, &facts->refusal);
    bool kept = !facts->strips || (keep_fills(&plan, &facts->removed) && try_strip(facts, &plan));
    mk_plan_free(&plan);
    return (kept && facts->refusal.code != MK_E_MEMORY) || mk_fail_memory(e);
}

/* The first removed range that ends after offset. */
static size_t range_after(const struct mk_ranges *set, uint64_t offset) {
    size_t low = 0, high = set->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->r[middle].end > offset)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

uint64_t map_removed_bytes(struct map_facts *facts, uint64_t start, uint64_t end) {
    uint64_t covered = 0;
    mk_ranges_settle(&facts->removed);
    for (size_t i = range_after(&facts->removed, start);
         i < facts->removed.n && facts->removed.r[i].start < end; i++) {
        const struct mk_range *r = &facts->removed.r[i];
        covered += mk_min(r->end, end) - mk_max(r->start, start);
    }
    return covered;
}

/* me-strip may leave pages that other modules use too, or bytes that other partitions claim: a part
 * counts as removed if most of it is. */
bool map_is_removed(struct map_facts *facts, uint64_t start, uint64_t end) {
    return map_removed_bytes(facts, start, end) > (end - start) / 2;
}
