/* SPDX-License-Identifier: MIT */
#include <mekit/action/relocate.h>

#include "place.h"

#include <mekit/action/minimum.h>
#include <mekit/base/arith.h>
#include <mekit/verify/boot.h>

#include <stdlib.h>
#include <string.h>

/* The move of the boot partition: to is region-relative, down is its distance. */
struct move {
    const struct mk_image *image;
    const struct mk_partition *boot;
    uint64_t to, down, length;
};

static uint64_t file_offset(const struct move *m, uint64_t in_region) {
    return m->image->region.at + in_region;
}

/* Writes the page table with every offset lowered; an offset that would fall below 0 is damage. */
static bool lower_chunks(const struct move *m, uint8_t *table, size_t size, struct mk_error *e) {
    const struct mk_llut *llut = &m->boot->llut;
    struct mk_buffer b = {table, size};
    mk_span_copy(llut->bytes, MK_LLUT_HEADER_SIZE, table, size);
    for (unsigned i = 0; i < llut->n; i++) {
        const struct mk_chunk *chunk = &llut->chunks[i];
        if (chunk->kind == MK_CHUNK_EMPTY || chunk->start == 0)
            continue;
        if (chunk->start < m->down)
            return mk_fail_limit(e, MK_E_RANGE,
                                 llut->bytes.at + MK_LLUT_HEADER_SIZE +
                                     (uint64_t)i * MK_LLUT_ENTRY_SIZE,
                                 chunk->start, m->down, "chunk before its partition");
        mk_field_put(b, (uint64_t)i * MK_LLUT_ENTRY_SIZE, &mk_chunk_fields[MK_CHUNK_OFFSET],
                     chunk->start - m->down);
    }
    return true;
}

static void put_llut_field(const struct move *m, uint64_t llut, enum mk_llut_field field,
                           uint32_t value, const char *why, struct mk_plan *plan) {
    const struct mk_field *f = &mk_llut_fields[field];
    mk_plan_uint(plan, file_offset(m, llut + f->offset), f->width, value, "%s", why);
}

static bool check_llut(const struct move *m, struct mk_error *e) {
    const struct mk_llut *llut = &m->boot->llut;
    uint64_t table = mk_span_offset(m->image->region, llut->bytes) + MK_LLUT_HEADER_SIZE;
    if (llut->table_address != table)
        return mk_fail_limit(e, MK_E_FIELD,
                             llut->bytes.at + mk_llut_fields[MK_LLUT_SPI_BASE].offset,
                             llut->table_address, table, "where SpiBase says the page table is");
    if (llut->stream_start < m->down)
        return mk_fail_limit(e, MK_E_RANGE,
                             llut->bytes.at + mk_llut_fields[MK_LLUT_STREAM_START].offset,
                             llut->stream_start, m->down, "stream start before its partition");
    return true;
}

/* Moves the bytes around the three places in the LLUT that get new values. */
static bool move_around_llut(const struct move *m, struct mk_plan *plan, struct mk_error *e) {
    const struct mk_llut *llut = &m->boot->llut;
    uint64_t from = m->boot->start, in_partition = mk_span_offset(m->boot->bytes, llut->bytes);
    uint64_t at = m->to + in_partition;
    size_t table_size = (size_t)llut->n * MK_LLUT_ENTRY_SIZE;
    uint8_t *table = malloc(table_size + 1);
    if (!table)
        return mk_fail_memory(e);
    bool lowered = check_llut(m, e) && lower_chunks(m, table, table_size, e);
    if (lowered) {
        const uint64_t kept[][2] = {
            {0, in_partition + mk_llut_fields[MK_LLUT_SPI_BASE].offset},
            {in_partition + mk_llut_fields[MK_LLUT_STREAM_LENGTH].offset,
             in_partition + mk_llut_fields[MK_LLUT_STREAM_START].offset},
            {in_partition + mk_llut_fields[MK_LLUT_FLAGS].offset,
             in_partition + MK_LLUT_HEADER_SIZE},
            {in_partition + llut->bytes.n, m->length},
        };
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            mk_plan_move(plan, file_offset(m, m->to + kept[i][0]),
                         file_offset(m, from + kept[i][0]), kept[i][1] - kept[i][0],
                         "FTPR moves down");
        put_llut_field(m, at, MK_LLUT_SPI_BASE, llut->spi_base - (uint32_t)m->down,
                       "LLUT: SpiBase moves with FTPR", plan);
        put_llut_field(m, at, MK_LLUT_STREAM_START, llut->stream_start - (uint32_t)m->down,
                       "LLUT: stream start moves with FTPR", plan);
        mk_plan_bytes(plan, file_offset(m, at + MK_LLUT_HEADER_SIZE), table, table_size,
                      "LLUT: chunk offsets move with FTPR");
    }
    free(table);
    return lowered;
}

/* Fills the old place with FF, except bytes that another entry claims. */
static bool clear_behind(const struct move *m, struct mk_plan *plan, struct mk_error *e) {
    struct mk_ranges left = {0}, claimed = {0}, done = {0};
    uint64_t start = mk_max(m->to + m->length, m->boot->start);
    bool found = mk_ranges_add(&left, start, m->boot->end) &&
                 mki_place_claimed(&m->image->firmware, &claimed) &&
                 mk_ranges_subtract(&left, &claimed);
    if (found)
        mk_plan_fill_ranges(plan, m->image->region.at, &left, &done, 0xFF, "what FTPR left behind");
    mk_ranges_free(&left);
    mk_ranges_free(&claimed);
    mk_ranges_free(&done);
    return found ? true : mk_fail_memory(e);
}

/* Changes the entry's offset, and SPS 3's sum over the entries. */
static void adjust_table(const struct move *m, struct mk_plan *plan) {
    const struct mk_fpt *fpt = &m->image->firmware.fpt;
    const struct mk_field *offset = &mk_entry_fields[MK_ENTRY_OFFSET];
    uint64_t entry = fpt->entries[m->boot->entry].at + offset->offset;
    mk_plan_uint(plan, file_offset(m, entry), offset->width, m->to, "$FPT: offset of FTPR");
    if (!fpt->has_table_sum)
        return;
    uint8_t entries[MK_LIMIT_FPT_ENTRIES * MK_FPT_ENTRY_SIZE];
    uint64_t first = fpt->at + MK_FPT_HEADER_SIZE, size = mk_fpt_end(fpt) - first;
    mk_span_copy(m->image->region, first, entries, (size_t)size);
    mk_buffer_uint((struct mk_buffer){entries, sizeof entries}, entry - first, offset->width,
                   m->to);
    mk_plan_uint(plan, file_offset(m, mk_fpt_end(fpt)), MK_FPT_TABLE_SUM_SIZE,
                 mk_fpt_table_sum(mk_span_of(entries, (size_t)size)), "$FPT: sum of its entries");
}

static bool move_boot(const struct move *m, struct mk_plan *plan, struct mk_error *e) {
    bool moved = true;
    if (m->boot->has_llut)
        moved = move_around_llut(m, plan, e);
    else
        mk_plan_move(plan, file_offset(m, m->to), file_offset(m, m->boot->start), m->length,
                     "FTPR moves down");
    if (!moved || !clear_behind(m, plan, e))
        return false;
    adjust_table(m, plan);
    char from[MK_PLACE_ROOM], to[MK_PLACE_ROOM];
    mk_plan_decide(plan, &(struct mk_decision){.kind = MK_DECIDED_MOVE,
                                               .name = "FTPR",
                                               .length = m->length,
                                               .before = file_offset(m, m->boot->start),
                                               .after = file_offset(m, m->to)});
    mk_plan_remark(plan, MK_REMARK_DETAIL, "FTPR moves from %s to %s (file offsets)",
                   mk_image_place(m->image, m->boot->start, m->boot->end, from),
                   mk_image_place(m->image, m->to, m->to + m->length, to));
    return true;
}

static bool relocate(const struct mk_image *image, uint64_t *down, struct mk_plan *plan,
                     struct mk_error *e) {
    struct move m = {.image = image, .boot = image->firmware.boot};
    m.length = m.boot->end - m.boot->start;
    if (!mki_place_find(image, &m.to))
        return mk_fail_memory(e);
    *down = m.down = m.boot->start - m.to;
    if (m.down > 0)
        return mk_boot_check_table(image, e) && move_boot(&m, plan, e);
    char place[MK_PLACE_ROOM];
    mk_plan_remark(plan, MK_REMARK_FACT, "FTPR stays at %s: no place below it is free",
                   mk_image_place(image, m.to, m.to + m.length, place));
    return true;
}

static bool reclaim(const struct mk_image *image, uint64_t down, struct mk_plan *plan,
                    struct mk_error *e) {
    uint64_t size;
    return mk_minimum_size_moved(image, down, &size, e) && mk_resize_regions(image, size, plan, e);
}

static bool check_firmware(const struct mk_image *image, struct mk_error *e) {
    const struct mk_firmware *f = &image->firmware;
    if (!mk_image_has_firmware(image, e))
        return false;
    if (image->kind == MK_IMAGE_PARTITION)
        return mk_fail(e, MK_E_NO_OPERATION, 0, "this is a lone partition: an update image");
    if (!mk_boot_check(image, e))
        return false;
    if (f->indivisible)
        return mk_fail(e, MK_E_NO_OPERATION, f->boot->bytes.at,
                       "firmware of generation 1 is not moved: a strip removes it whole");
    return mk_boot_check_modules(image, e);
}

static bool plan_all(const struct mk_image *image, const struct mk_relocate_options *options,
                     struct mk_plan *plan, struct mk_error *e) {
    uint64_t down = 0;
    if (options->reclaim && !image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, whose FLREG1 and FLREG2 would change");
    bool erased = image->me == MK_ME_ERASED && !image->me_truncated;
    if (erased || image->me == MK_ME_DISABLED) {
        mk_plan_remark(plan, MK_REMARK_FACT, "the ME region is %s: nothing to move%s",
                       erased ? "erased" : "disabled", options->reclaim ? " or to reclaim" : "");
        return true;
    }
    return check_firmware(image, e) && relocate(image, &down, plan, e) &&
           (!options->reclaim || reclaim(image, down, plan, e));
}

/* Make this the last check: refuse SPS only if --force would help. */
static bool check_server(const struct mk_image *image, const struct mk_relocate_options *options,
                         struct mk_error *e) {
    const struct mk_firmware *f = &image->firmware;
    bool stripped;
    if (!f->is_sps || options->force || !f->boot)
        return true;
    if (!mk_partition_is_stripped(f->boot, image->region, &stripped, e))
        return false;
    bool whole = mk_partition_find(f, "OPR1") || mk_partition_find(f, "OPR2") || !stripped;
    return !whole || mk_fail(e, MK_E_SPS, f->boot->bytes.at, "FTPR still has its operational code");
}

bool mk_relocate_plan(const struct mk_image *image, const struct mk_relocate_options *options,
                      struct mk_plan *plan, struct mk_error *e) {
    return mk_plan_suits(plan, image->bytes, e) && plan_all(image, options, plan, e) &&
           check_server(image, options, e);
}
