#include "dump.h"

#include "input.h"
#include "report.h"
#include "text.h"

#include <inttypes.h>
#include <mekit/action/compare.h>
#include <mekit/base/text.h>
#include <stdlib.h>
#include <string.h>

#define GAP 64u

/* A list of findings, each said once as text and kept as JSON. */
struct diff {
    const struct tool_run *run;
    json_t *findings;
    bool silent;
};

static void find(struct diff *d, const char *what, const char *place, uint64_t a, uint64_t b) {
    json_array_append_new(d->findings,
                          json_pack("{s:s, s:s, s:I, s:I}", "what", what, "place", place, "first",
                                    (json_int_t)a, "second", (json_int_t)b));
    if (!d->silent)
        fprintf(d->run->words, "%s %s: %08" PRIx64 " -> %08" PRIx64 "\n", what, place, a, b);
}

static void compare_straps(struct diff *d, const struct mk_descriptor *a,
                           const struct mk_descriptor *b) {
    uint32_t x, y, at;
    char place[40];
    for (uint32_t i = 0; i < a->isl; i++) {
        if (!mk_descriptor_pch_strap(a, 4 * i, &x, &at) ||
            !mk_descriptor_pch_strap(b, 4 * i, &y, &at))
            break;
        snprintf(place, sizeof place, "%" PRIu32, i);
        if (x != y)
            find(d, "PCH strap", place, x, y);
    }
}

static void compare_descriptors(struct diff *d, const struct mk_descriptor *a,
                                const struct mk_descriptor *b) {
    for (unsigned i = 0; i < a->n_regions && i < b->n_regions; i++)
        if (a->regions[i].raw != b->regions[i].raw)
            find(d, "FLREG", mk_region_name(i), a->regions[i].raw, b->regions[i].raw);
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++)
        if (a->masters[i].raw != b->masters[i].raw)
            find(d, "FLMSTR", mk_master_name(i), a->masters[i].raw, b->masters[i].raw);
    compare_straps(d, a, b);
}

static const struct mk_fpt_entry *same_name(const struct mk_fpt *fpt, const uint8_t name[4]) {
    for (unsigned i = 0; i < fpt->n; i++)
        if (memcmp(fpt->entries[i].name, name, 4) == 0)
            return &fpt->entries[i];
    return NULL;
}

static void compare_entry(struct diff *d, const struct mk_image *a, const struct mk_image *b,
                          const struct mk_fpt_entry *x) {
    const struct mk_fpt_entry *y = same_name(&b->firmware.fpt, x->name);
    char name[MK_TEXT_ROOM(4)];
    mk_text_mask(name, sizeof name, x->name, 4);
    if (!y) {
        find(d, "partition is gone:", name, x->offset, 0);
        return;
    }
    if (x->offset != y->offset)
        find(d, "offset of partition", name, x->offset, y->offset);
    if (x->size != y->size)
        find(d, "size of partition", name, x->size, y->size);
    struct mk_span p = mk_span_clip(a->region, x->start, x->end - x->start);
    struct mk_span q = mk_span_clip(b->region, y->start, y->end - y->start);
    if (!mk_span_equal(p, q))
        find(d, "content of partition", name, p.n, q.n);
}

static void compare_firmware(struct diff *d, const struct mk_image *a, const struct mk_image *b) {
    char name[MK_TEXT_ROOM(4)];
    for (unsigned i = 0; i < a->firmware.fpt.n; i++)
        compare_entry(d, a, b, &a->firmware.fpt.entries[i]);
    for (unsigned i = 0; i < b->firmware.fpt.n; i++) {
        const struct mk_fpt_entry *y = &b->firmware.fpt.entries[i];
        if (!same_name(&a->firmware.fpt, y->name))
            find(d, "partition is new:", mk_text_mask(name, sizeof name, y->name, 4), 0, y->offset);
    }
}

static bool compare_bytes(struct diff *d, const struct mk_image *a, const struct mk_image *b) {
    struct mk_ranges ranges = {0};
    bool done = mk_compare(a->bytes, b->bytes, GAP, &ranges);
    for (size_t i = 0; i < ranges.n; i++) {
        const char *region = mk_compare_region(a, ranges.r[i].start);
        find(d, "bytes differ in", *region ? region : "the file", ranges.r[i].start,
             ranges.r[i].end);
    }
    mk_ranges_free(&ranges);
    return done;
}

static int compare(struct diff *d, const struct mk_image *a, const struct mk_image *b) {
    if (a->has_descriptor && b->has_descriptor)
        compare_descriptors(d, &a->descriptor, &b->descriptor);
    compare_firmware(d, a, b);
    if (!compare_bytes(d, a, b))
        return MK_EXIT_TROUBLE;
    if (json_array_size(d->findings) == 0 && !d->silent && !d->run->common.quiet)
        fprintf(d->run->words, "identical\n");
    return json_array_size(d->findings) > 0 ? MK_EXIT_NEGATIVE : MK_EXIT_DONE;
}

static int finish(struct diff *d, int status) {
    if (!d->run->common.json.given) {
        json_decref(d->findings);
        return status;
    }
    json_t *object = report_start(d->run->tool);
    json_object_set_new(object, "identical", json_boolean(status == MK_EXIT_DONE));
    json_object_set_new(object, "differences", d->findings);
    int written = report_write(d->run, object);
    return written > status ? written : status;
}

int dump_diff(struct tool_run *run, const struct mk_image *image, const char *path) {
    struct tool_input other;
    struct mk_image second;
    struct mk_error e = {0};
    struct diff d = {.run = run, .silent = run->common.json.given && !run->common.json.text};
    int status;
    if (!input_read(path, run->common.max_size, &other, &e))
        return text_error(run->tool, other.name, &e);
    if (mk_image_recognise(mk_buffer_span(other.bytes), run->common.platform, &second, &e)) {
        d.findings = json_array();
        status = finish(&d, compare(&d, image, &second));
        mk_image_free(&second);
    } else
        status = text_error(run->tool, other.name, &e);
    input_free(&other);
    return status;
}
