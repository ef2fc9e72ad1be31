/* SPDX-License-Identifier: MIT */
#include <mekit/image/extent.h>

/* Addresses count from the intended place of a partition; a lone partition is elsewhere. */
static bool add_chunk(const struct mk_partition *p, unsigned i, struct mk_ranges *out) {
    const struct mk_chunk *chunk = &p->llut.chunks[i];
    uint64_t table = mk_span_offset(p->bytes, p->llut.bytes) + MK_LLUT_HEADER_SIZE;
    uint64_t moved = p->start == 0 ? table - p->llut.table_address : 0;
    return mk_ranges_add(out, chunk->start + moved, chunk->end + moved);
}

bool mk_module_extents(const struct mk_partition *p, const struct mk_module *m,
                       struct mk_ranges *out) {
    for (unsigned i = 0; i < m->n_pages; i++)
        if (!add_chunk(p, m->first_page + i, out))
            return false;
    return mk_ranges_add(out, m->start, m->end);
}

uint64_t mk_module_stored_end(const struct mk_module *m) {
    bool told = m->stored_size > 0 && m->stored_size < m->end - m->start;
    return told ? m->start + m->stored_size : m->end;
}

struct mk_span mk_module_stored(const struct mk_module *m) {
    bool told = m->stored_size > 0 && m->stored_size <= m->stored.n;
    return mk_span_clip(m->stored, 0, told ? m->stored_size : m->stored.n);
}

const char *mk_module_state_name(enum mk_module_state s) {
    static const char *const names[] = {"present", "erased", "cut off"};
    return names[s];
}

static bool own_extents(const struct mk_partition *p, const struct mk_module *m,
                        struct mk_ranges *out) {
    if (m->n_pages == 0)
        return mk_ranges_add(out, m->start, mk_module_stored_end(m));
    for (unsigned i = m->first_page; i < p->llut.n && i - m->first_page < m->n_pages; i++)
        if (!p->llut.chunks[i].repeated && !add_chunk(p, i, out))
            return false;
    return true;
}

bool mk_module_state(struct mk_span region, const struct mk_partition *p, const struct mk_module *m,
                     enum mk_module_state *state, struct mk_error *e) {
    struct mk_ranges own = {0};
    bool found = own_extents(p, m, &own), has_bytes = mk_ranges_size(&own) > 0;
    *state = MK_MODULE_PRESENT;
    mk_ranges_clip(&own, 0, region.n);
    if (has_bytes && mk_ranges_size(&own) == 0)
        *state = MK_MODULE_CUT_OFF;
    else if (has_bytes && mk_extents_are_filled(&own, region, 0xFF))
        *state = MK_MODULE_ERASED;
    mk_ranges_free(&own);
    return found || mk_fail_memory(e);
}

struct mk_head mk_partition_head(const struct mk_partition *p) {
    bool directory = p->layout == MK_LAYOUT_DIRECTORY;
    uint64_t length = directory ? p->cpd.table_end : p->manifest.bytes.n;
    uint64_t pages = p->start + mk_span_offset(p->bytes, p->llut.bytes);
    struct mk_head head = {.front = {p->start, p->start + length}};
    if (p->has_llut)
        head.pages = (struct mk_range){pages, pages + p->llut.bytes.n};
    return head;
}

bool mk_essential_extents(const struct mk_partition *p, struct mk_ranges *out) {
    if (p->layout == MK_LAYOUT_DATA)
        return true;
    for (size_t i = 0; i < p->n_modules; i++)
        if (p->modules[i].essential && !mk_module_extents(p, &p->modules[i], out))
            return false;
    struct mk_head head = mk_partition_head(p);
    return mk_ranges_add(out, head.front.start, head.front.end) &&
           mk_ranges_add(out, head.pages.start, head.pages.end);
}

/* Take pages from the table, not from modules: some pages belong to no module. */
static bool removable_pages(const struct mk_partition *p, bool shared, struct mk_ranges *out) {
    for (unsigned i = 0; p->has_llut && i < p->llut.n; i++)
        if ((shared || !p->llut.chunks[i].repeated) && !add_chunk(p, i, out))
            return false;
    return true;
}

static bool removable_pieces(const struct mk_partition *p, struct mk_ranges *out) {
    for (size_t i = 0; i < p->n_modules; i++)
        if (!p->modules[i].essential && !mk_ranges_add(out, p->modules[i].start, p->modules[i].end))
            return false;
    return true;
}

bool mk_removable_extents(const struct mk_partition *p, bool shared, struct mk_ranges *out) {
    struct mk_ranges essential = {0}, removable = {0};
    bool done = mk_essential_extents(p, &essential) && removable_pages(p, shared, &removable) &&
                removable_pieces(p, &removable);
    mk_ranges_clip(&removable, p->start, p->end);
    done = done && mk_ranges_subtract(&removable, &essential) && mk_ranges_join(out, &removable);
    mk_ranges_free(&essential);
    mk_ranges_free(&removable);
    return done;
}

bool mk_extents_are_filled(struct mk_ranges *set, struct mk_span region, uint8_t value) {
    mk_ranges_settle(set);
    for (size_t i = 0; i < set->n; i++) {
        struct mk_range r = set->r[i];
        if (!mk_span_is_filled(mk_span_clip(region, r.start, r.end - r.start), value))
            return false;
    }
    return true;
}

bool mk_partition_is_stripped(const struct mk_partition *p, struct mk_span region, bool *stripped,
                              struct mk_error *e) {
    struct mk_ranges removable = {0};
    bool found = mk_removable_extents(p, false, &removable);
    *stripped = mk_extents_are_filled(&removable, region, 0xFF);
    mk_ranges_free(&removable);
    return found || mk_fail_memory(e);
}
