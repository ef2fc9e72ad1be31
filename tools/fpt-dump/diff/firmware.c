/* SPDX-License-Identifier: MIT */
#include "../dump.h"
#include "diff.h"

#include <mekit/base/text.h>
#include <mekit/codec/digest.h>
#include <mekit/format/mme.h>
#include <mekit/image/extent.h>
#include <stdlib.h>
#include <string.h>

#define PLACE_ROOM       128
#define MME1_SIZE        0x50u
#define TYPE_BLOCK_IO    1u
#define TYPE_FILE_SYSTEM 4u

/* Data that the firmware writes itself: two reads of one machine may differ here. */
static bool is_written_at_run_time(unsigned type) {
    return type == TYPE_BLOCK_IO || type == MK_ENTRY_TYPE_NVRAM || type == TYPE_FILE_SYSTEM;
}

static void name_place(char place[PLACE_ROOM], const char *kind, const uint8_t name[4],
                       const struct mk_module *m) {
    char partition[MK_TEXT_ROOM(4)], module[MK_TEXT_ROOM(16)] = "";
    mk_text_mask(partition, sizeof partition, name, 4);
    if (m)
        mk_text_mask(module, sizeof module, m->name, m->name_length);
    snprintf(place, PLACE_ROOM, "%s %s%s%s", kind, partition, m ? "/" : "", module);
}

/* ---- modules ---- */

/* The digest of a module's bytes, wherever they lie. */
static bool take_digest(const struct mk_image *image, const struct mk_partition *p,
                        const struct mk_module *m, struct mk_digest *digest, struct mk_error *e) {
    struct mk_ranges ranges = {0};
    struct mk_span *parts = NULL;
    if (mk_module_extents(p, m, &ranges)) {
        mk_ranges_settle(&ranges);
        parts = calloc(ranges.n + 1, sizeof *parts);
    }
    for (size_t i = 0; parts && i < ranges.n; i++)
        parts[i] =
            mk_span_clip(image->region, ranges.r[i].start, ranges.r[i].end - ranges.r[i].start);
    bool done = parts ? mk_digest_take(MK_SHA256, parts, ranges.n, digest, e) : mk_fail_memory(e);
    free(parts);
    mk_ranges_free(&ranges);
    return done;
}

static void compare_module_entries(struct diff *d, const char *place, struct mk_span a,
                                   struct mk_span b) {
    if (a.n != b.n)
        diff_number(d, place, "entry size", a.n, b.n);
    else if (a.n == MK_CPD_ENTRY_SIZE)
        diff_fields(d, place, a, b, mk_cpd_entry_fields, MK_CPD_ENTRY_FIELDS);
    else if (a.n == MME1_SIZE)
        diff_fields(d, place, a, b, mk_mme1_fields, MK_MME1_FIELDS);
    else
        diff_fields(d, place, a, b, mk_mme_fields, MK_MME_FIELDS);
}

static const char *state_of(struct diff *d, const struct mk_image *image,
                            const struct mk_partition *p, const struct mk_module *m) {
    enum mk_module_state state = MK_MODULE_PRESENT;
    mk_module_state(image->region, p, m, &state, &d->problem);
    return mk_module_state_name(state);
}

static void compare_module(struct diff *d, const struct mk_partition *p,
                           const struct mk_partition *q, const struct mk_module *m) {
    const struct mk_module *other = mk_module_find_same(q, m);
    char place[PLACE_ROOM];
    struct mk_digest x, y;
    name_place(place, "module", p->name, m);
    const char *a = state_of(d, d->a, p, m);
    const char *b = other ? state_of(d, d->b, q, other) : NULL;
    if (!b || strcmp(a, b) != 0)
        diff_text(d, place, "state", a, b);
    if (!b)
        return;
    compare_module_entries(d, place, m->entry, other->entry);
    if (strcmp(a, b) == 0 && take_digest(d->a, p, m, &x, &d->problem) &&
        take_digest(d->b, q, other, &y, &d->problem) && memcmp(x.bytes, y.bytes, x.n) != 0)
        diff_note(d, place, "content");
}

static void compare_modules(struct diff *d, const struct mk_partition *p,
                            const struct mk_partition *q) {
    char place[PLACE_ROOM];
    for (size_t i = 0; i < p->n_modules; i++)
        compare_module(d, p, q, &p->modules[i]);
    for (size_t i = 0; i < q->n_modules; i++) {
        const struct mk_module *m = &q->modules[i];
        name_place(place, "module", q->name, m);
        if (!mk_module_find_same(p, m))
            diff_text(d, place, "state", NULL, state_of(d, d->b, q, m));
    }
}

/* ---- partitions ---- */

static void compare_manifests(struct diff *d, const struct mk_partition *p,
                              const struct mk_partition *q) {
    char place[PLACE_ROOM];
    name_place(place, "manifest", p->name, NULL);
    if (p->has_manifest != q->has_manifest)
        diff_text(d, place, "state", p->has_manifest ? "present" : NULL,
                  q->has_manifest ? "present" : NULL);
    else if (p->has_manifest)
        diff_fields(d, place, p->manifest.bytes, q->manifest.bytes, mk_manifest_fields,
                    MK_MANIFEST_FIELDS);
}

static const struct mk_partition *same_partition(const struct mk_firmware *f,
                                                 const struct mk_partition *p) {
    for (size_t i = 0; i < f->n_partitions; i++)
        if (f->partitions[i].boot == p->boot &&
            memcmp(f->partitions[i].name, p->name, sizeof p->name) == 0)
            return &f->partitions[i];
    return NULL;
}

static void compare_partitions(struct diff *d) {
    const struct mk_firmware *a = &d->a->firmware, *b = &d->b->firmware;
    for (size_t i = 0; i < a->n_partitions; i++) {
        const struct mk_partition *p = &a->partitions[i], *q = same_partition(b, p);
        if (!q || mk_span_equal(p->bytes, q->bytes))
            continue;
        compare_manifests(d, p, q);
        compare_modules(d, p, q);
    }
}

/* ---- the table ---- */

static const struct mk_fpt_entry *same_entry(const struct mk_fpt *fpt,
                                             const struct mk_fpt_entry *entry) {
    for (unsigned i = 0; i < fpt->n; i++)
        if (memcmp(fpt->entries[i].name, entry->name, sizeof entry->name) == 0)
            return &fpt->entries[i];
    return NULL;
}

static void compare_content(struct diff *d, const char *place, const struct mk_fpt_entry *x,
                            const struct mk_fpt_entry *y) {
    const char *a = dump_entry_state(d->a, x), *b = dump_entry_state(d->b, y);
    struct mk_span p = mk_span_clip(dump_fpt_base(d->a), x->start, x->end - x->start);
    struct mk_span q = mk_span_clip(dump_fpt_base(d->b), y->start, y->end - y->start);
    if (strcmp(a, b) != 0)
        diff_text(d, place, "state", a, b);
    if (!mk_span_equal(p, q))
        diff_note(d, place,
                  is_written_at_run_time(x->type) ? "content (written at run time)" : "content");
}

static void compare_entry(struct diff *d, const struct mk_fpt_entry *x) {
    const struct mk_fpt_entry *y = same_entry(&d->b->firmware.fpt, x);
    char place[PLACE_ROOM];
    name_place(place, "partition", x->name, NULL);
    if (!y) {
        diff_text(d, place, "state", dump_entry_state(d->a, x), NULL);
        return;
    }
    diff_fields(d, place, mk_span_clip(dump_fpt_base(d->a), x->at, MK_FPT_ENTRY_SIZE),
                mk_span_clip(dump_fpt_base(d->b), y->at, MK_FPT_ENTRY_SIZE), mk_entry_fields,
                MK_ENTRY_FIELDS);
    compare_content(d, place, x, y);
}

static void compare_tables(struct diff *d) {
    const struct mk_fpt *a = &d->a->firmware.fpt, *b = &d->b->firmware.fpt;
    char place[PLACE_ROOM];
    if (a->n > 0 && b->n > 0)
        diff_fields(d, "$FPT", mk_span_clip(dump_fpt_base(d->a), a->at, MK_FPT_HEADER_SIZE),
                    mk_span_clip(dump_fpt_base(d->b), b->at, MK_FPT_HEADER_SIZE), mk_fpt_fields,
                    MK_FPT_FIELDS);
    for (unsigned i = 0; i < a->n; i++)
        compare_entry(d, &a->entries[i]);
    for (unsigned i = 0; i < b->n; i++) {
        name_place(place, "partition", b->entries[i].name, NULL);
        if (!same_entry(a, &b->entries[i]))
            diff_text(d, place, "state", NULL, dump_entry_state(d->b, &b->entries[i]));
    }
}

void diff_firmware(struct diff *d) {
    const struct mk_firmware *a = &d->a->firmware, *b = &d->b->firmware;
    char x[MK_VERSION_ROOM], y[MK_VERSION_ROOM];
    mk_version_text(a->version, x);
    mk_version_text(b->version, y);
    if (strcmp(a->family, b->family) != 0)
        diff_text(d, "firmware", "family", a->family, b->family);
    if (strcmp(x, y) != 0)
        diff_text(d, "firmware", "version", x, y);
    compare_tables(d);
    compare_partitions(d);
}
