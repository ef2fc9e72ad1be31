/* SPDX-License-Identifier: MIT */
#include "diff.h"

#include <inttypes.h>
#include <mekit/action/compare.h>
#include <mekit/base/arith.h>
#include <string.h>

#define GAP 64u

/* The differences in one region: consecutive ranges that lie there. */
struct place {
    const char *region;
    json_t *ranges;
};

static uint64_t get(const json_t *range, const char *key) {
    return (uint64_t)json_integer_value(json_object_get(range, key));
}

static void say(struct diff *d, const struct place *place, bool verbose) {
    size_t n = json_array_size(place->ranges);
    if (!d->words)
        return;
    fprintf(d->words, "bytes in %s: differ in %zu place%s, first at 0x%" PRIx64 "\n", place->region,
            n, n == 1 ? "" : "s", get(json_array_get(place->ranges, 0), "offset"));
    for (size_t i = 0; verbose && i < n; i++) {
        const json_t *range = json_array_get(place->ranges, i);
        fprintf(d->words, "  0x%08" PRIx64 " + 0x%" PRIx64 "\n", get(range, "offset"),
                get(range, "length"));
    }
}

static void close_place(struct diff *d, struct place *place, bool verbose) {
    if (!place->ranges)
        return;
    say(d, place, verbose);
    json_array_append_new(d->differences, json_pack("{s:s, s:s, s:o}", "place", place->region,
                                                    "what", "bytes", "ranges", place->ranges));
    place->ranges = NULL;
}

/* The next border of a region above offset. */
static uint64_t border_above(const struct mk_image *image, uint64_t offset) {
    uint64_t border = UINT64_MAX;
    for (unsigned i = 0; image->has_descriptor && i < image->descriptor.n_regions; i++) {
        const struct mk_region *r = &image->descriptor.regions[i];
        if (r->used && r->start > offset)
            border = mk_min(border, r->start);
        if (r->used && r->end > offset)
            border = mk_min(border, r->end);
    }
    return border;
}

static void add_range(struct diff *d, struct place *place, struct mk_range r, bool verbose) {
    const char *region = mk_compare_region(d->a, r.start);
    if (!*region)
        region = "no region";
    if (place->ranges && strcmp(region, place->region) != 0)
        close_place(d, place, verbose);
    if (!place->ranges)
        *place = (struct place){region, json_array()};
    json_array_append_new(place->ranges, json_pack("{s:I, s:I}", "offset", (json_int_t)r.start,
                                                   "length", (json_int_t)(r.end - r.start)));
}

static bool is_touched(const struct mk_region *region, const struct mk_ranges *ranges) {
    for (size_t i = 0; i < ranges->n; i++)
        if (ranges->r[i].start < region->end && region->start < ranges->r[i].end)
            return true;
    return false;
}

/* An owner wants to know that all other regions are unchanged. */
static void say_identical(const struct diff *d, const struct mk_ranges *ranges) {
    const struct mk_descriptor *descriptor = &d->a->descriptor;
    const char *mark = "identical: ";
    for (unsigned i = 0; d->a->has_descriptor && i < descriptor->n_regions; i++) {
        const struct mk_region *r = &descriptor->regions[i];
        if (!r->used || r->end > d->a->bytes.n || is_touched(r, ranges))
            continue;
        fprintf(d->words, "%s%s", mark, mk_region_name(i));
        mark = ", ";
    }
    if (*mark == ',')
        fputc('\n', d->words);
}

void diff_bytes(struct diff *d, bool verbose) {
    struct mk_ranges ranges = {0};
    struct place place = {0};
    if (!mk_compare(d->a->bytes, d->b->bytes, GAP, &ranges))
        mk_fail_memory(&d->problem);
    mk_ranges_settle(&ranges);
    for (size_t i = 0; i < ranges.n; i++)
        for (uint64_t at = ranges.r[i].start, end; at < ranges.r[i].end; at = end) {
            end = mk_min(ranges.r[i].end, border_above(d->a, at));
            add_range(d, &place, (struct mk_range){at, end}, verbose);
        }
    close_place(d, &place, verbose);
    if (d->words && ranges.n > 0)
        say_identical(d, &ranges);
    mk_ranges_free(&ranges);
}
