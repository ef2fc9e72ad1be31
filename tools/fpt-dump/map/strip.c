#include "parts.h"

#include <mekit/action/strip.h>
#include <mekit/base/arith.h>

static bool keep_fills(const struct mk_plan *plan, struct mk_ranges *removed) {
    for (size_t i = 0; i < plan->n_edits; i++) {
        const struct mk_edit *edit = &plan->edits[i];
        if (edit->kind == MK_EDIT_FILL &&
            !mk_ranges_add(removed, edit->offset, edit->offset + edit->length))
            return false;
    }
    return true;
}

bool map_strip_read(struct map_facts *facts, struct mk_error *e) {
    const struct mk_strip_options defaults = {.keep_modules = false};
    struct mk_plan plan;
    mk_plan_start(&plan, facts->image->bytes);
    facts->strips = mk_findings_allow(&facts->seen->findings, MK_TO_STRIP, 0, &facts->refusal) &&
                    mk_image_has_firmware(facts->image, &facts->refusal) &&
                    mk_strip_plan(facts->image, &defaults, &plan, &facts->refusal) &&
                    mk_plan_close(&plan, &facts->refusal);
    bool kept = !facts->strips || keep_fills(&plan, &facts->removed);
    mk_plan_free(&plan);
    return (kept && facts->refusal.code != MK_E_MEMORY) || mk_fail_memory(e);
}

/* What me-strip leaves of a module are pages that others use too; of a partition, what others
 * claim. */
bool map_is_removed(struct map_facts *facts, uint64_t start, uint64_t end) {
    uint64_t covered = 0;
    mk_ranges_settle(&facts->removed);
    for (size_t i = 0; i < facts->removed.n; i++) {
        const struct mk_range *r = &facts->removed.r[i];
        uint64_t low = mk_max(r->start, start), high = mk_min(r->end, end);
        covered += high > low ? high - low : 0;
    }
    return covered > (end - start) / 2;
}
