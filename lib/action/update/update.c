/* SPDX-License-Identifier: MIT */
#include <mekit/action/update.h>

#include "../relocate/place.h"
#include "rebase.h"

#include <mekit/action/minimum.h>
#include <mekit/action/plan.h>
#include <mekit/action/strip.h>
#include <mekit/base/arith.h>
#include <mekit/inspect/inspect.h>

#include <stdlib.h>

#define BLOCK       0x1000u
#define FPT_AT      0x10u
#define FPT_LENGTH  0x30u
#define FTPR_FLAGS  0x2780u /* exclusive blocks, execute, write, read, direct access */
#define VERSION_ME7 7u

static const uint8_t rom_bypass[FPT_AT] = {0x20, 0x20, 0x80, 0x0F, 0x40, 0x00, 0x00, 0x10};

/* The boot partition ends where the next one's manifest begins. */
static struct mk_span boot_of(struct mk_span update) {
    for (uint64_t at = BLOCK; at < update.n; at += BLOCK)
        if (mk_manifest_is_at(mk_span_clip(update, at, update.n - at)))
            return mk_span_clip(update, 0, at);
    return update;
}

static void put_table(struct mk_buffer b, uint64_t place, uint64_t size) {
    static const struct {
        enum mk_fpt_field field;
        uint32_t value;
    } head[] = {{MK_FPT_COUNT, 1},
                {MK_FPT_VERSION, 0x20},
                {MK_FPT_ENTRY_VERSION, 0x10},
                {MK_FPT_HEADER_LENGTH, FPT_LENGTH},
                {MK_FPT_CYCLE_LIFE, 7},
                {MK_FPT_CYCLE_LIMIT, 100},
                {MK_FPT_UMA_SIZE, 32},
                {MK_FPT_FLAGS, 0xFFFFFC00}};
    const uint64_t entry = FPT_AT + MK_FPT_HEADER_SIZE;
    mk_buffer_put(b, 0, rom_bypass, sizeof rom_bypass);
    mk_buffer_fill(b, FPT_AT, MK_FPT_HEADER_SIZE, 0);
    mk_buffer_put(b, FPT_AT, "$FPT", 4);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mk_field_put(b, FPT_AT, &mk_fpt_fields[head[i].field], head[i].value);
    mk_buffer_put(b, entry, "FTPR", 4);
    mk_field_put(b, entry, &mk_entry_fields[MK_ENTRY_OFFSET], place);
    mk_field_put(b, entry, &mk_entry_fields[MK_ENTRY_SIZE], size);
    mk_field_put(b, entry, &mk_entry_fields[MK_ENTRY_TOKENS], 1);
    mk_field_put(b, entry, &mk_entry_fields[MK_ENTRY_MAX_TOKENS], 1);
    mk_field_put(b, entry, &mk_entry_fields[MK_ENTRY_SCRATCH], 0);
    mk_field_put(b, entry, &mk_entry_fields[MK_ENTRY_FLAGS], FTPR_FLAGS);
    mk_field_put(b, FPT_AT, &mk_fpt_fields[MK_FPT_CHECKSUM],
                 mk_fpt_checksum(mk_buffer_span(b), FPT_AT, FPT_LENGTH));
}

static bool build(const struct mk_partition *p, struct mk_buffer *b, struct mk_error *e) {
    uint64_t place = mki_place_lowest(p);
    *b = (struct mk_buffer){.n = (size_t)mk_align(place + p->bytes.n, BLOCK)};
    b->p = malloc(b->n);
    if (!b->p)
        return mk_fail_memory(e);
    mk_buffer_fill(*b, 0, b->n, 0xFF);
    put_table(*b, place, p->bytes.n);
    if (mk_buffer_put(*b, place, p->bytes.p, p->bytes.n) && mki_rebase_table(p, place, *b, e))
        return true;
    free(b->p);
    return false;
}

static bool check(const struct mk_firmware *f, struct mk_error *e) {
    char version[MK_VERSION_ROOM];
    const struct mk_partition *p = f->n_partitions > 0 ? &f->partitions[0] : NULL;
    if (!p || p->problem.code || !p->has_manifest) {
        return p && p->problem.code
                   ? mk_fail_as(e, &p->problem)
                   : mk_fail(e, MK_E_TAG, 0,
                             "this is not an update image: it does not begin with a partition");
    }
    if (p->manifest.sha1 || p->manifest.version.major != VERSION_ME7)
        return mk_fail(e, MK_E_NO_OPERATION, 0,
                       "this update has version %s, but only updates of ME 7 are supported",
                       mk_version_text(p->manifest.version, version));
    return true;
}

static bool make_region(struct mk_span boot, struct mk_buffer *b, struct mk_error *e) {
    struct mk_firmware f;
    if (!mk_firmware_read_partition(boot, &f, e))
        return false;
    bool made = check(&f, e) && build(&f.partitions[0], b, e);
    mk_firmware_free(&f);
    return made;
}

/* Do not make a region from a damaged update, as a strip would not either. */
static bool heed_findings(const struct mk_image *image, struct mk_error *e) {
    struct mk_inspection seen = {.verified = false};
    bool good = mk_inspect(image, MK_LOOK_CHAIN, NULL, 0, &seen, e) &&
                mk_findings_allow(&seen.findings, MK_TO_STRIP | MK_TO_RELOCATE, 0, e);
    mk_inspection_free(&seen);
    return good;
}

static bool strip(struct mk_buffer b, struct mk_error *e) {
    static const struct mk_strip_options options = {.keep_modules = false};
    struct mk_image image;
    struct mk_plan plan;
    struct mk_span out;
    if (!mk_image_recognise(mk_buffer_span(b), NULL, &image, e))
        return false;
    mk_plan_start(&plan, image.bytes);
    bool done = heed_findings(&image, e) && mk_strip_plan(&image, &options, &plan, e) &&
                mk_plan_close(&plan, e) && mk_plan_apply(&plan, b, &out, e);
    mk_plan_free(&plan);
    mk_image_free(&image);
    return done;
}

static bool cut(struct mk_buffer *b, struct mk_error *e) {
    struct mk_image image;
    uint64_t size;
    if (!mk_image_recognise(mk_buffer_span(*b), NULL, &image, e))
        return false;
    bool known = mk_minimum_size(&image, &size, e);
    mk_image_free(&image);
    if (known)
        b->n = (size_t)size;
    return known;
}

bool mk_update_region(struct mk_span update, struct mk_buffer *region, struct mk_error *e) {
    struct mk_span boot = boot_of(update);
    if (!mk_manifest_is_at(boot))
        return mk_fail(e, MK_E_TAG, update.at,
                       "this is not an update image: it does not begin with a manifest");
    if (!make_region(boot, region, e))
        return false;
    if (strip(*region, e) && cut(region, e))
        return true;
    free(region->p);
    return false;
}
