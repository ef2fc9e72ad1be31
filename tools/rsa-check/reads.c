/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "report.h"

#include <inttypes.h>
#include <mekit/action/compare.h>
#include <stdlib.h>

static struct mk_span bytes_of(const struct check *c) {
    return mk_buffer_span(c->input->bytes);
}

size_t check_first_like(const struct check *checks, size_t i) {
    size_t k = 0;
    while (k < i && !mk_span_equal(bytes_of(&checks[k]), bytes_of(&checks[i])))
        k++;
    return k;
}

static size_t count_like(const struct check *checks, size_t n, size_t first) {
    size_t count = 0;
    for (size_t i = first; i < n; i++)
        count += check_first_like(checks, i) == first;
    return count;
}

/* The first read of the largest group. */
static size_t find_majority(const struct check *checks, size_t n) {
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (count_like(checks, n, i) > count_like(checks, n, best))
            best = i;
    return best;
}

static const struct mk_image *image_of(const struct check *checks, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (checks[i].recognised && checks[i].image.has_descriptor)
            return &checks[i].image;
    return NULL;
}

static const char *region_name(unsigned i) {
    return i == MK_NO_REGION ? "no region" : mk_region_name(i);
}

/* ---- text ---- */

static void text_group(FILE *words, const struct check *checks, size_t n, size_t first) {
    size_t left = count_like(checks, n, first);
    for (size_t i = first; i < n; i++) {
        if (check_first_like(checks, i) != first)
            continue;
        left--;
        fprintf(words, "%s%s", checks[i].input->name, left > 1 ? ", " : left == 1 ? " and " : "");
    }
}

static void text_difference(FILE *words, const struct check *checks, size_t n, size_t majority,
                            size_t i) {
    struct mk_disagreement d;
    struct mk_span pair[] = {bytes_of(&checks[majority]), bytes_of(&checks[i])};
    const char *mark = ": ";
    mk_disagree(pair, 2, image_of(checks, n), &d);
    fprintf(words, "%s differs from %s in %" PRIu64 " bytes", checks[i].input->name,
            checks[majority].input->name, d.bytes);
    for (unsigned k = 0; k <= MK_NO_REGION; k++) {
        if (d.regions[k].bytes == 0)
            continue;
        fprintf(words, "%s%s %" PRIu64 " (from 0x%" PRIx64 ")", mark, region_name(k),
                d.regions[k].bytes, d.regions[k].first);
        mark = ", ";
    }
    fprintf(words, "\n");
}

void check_reads_text(FILE *words, const struct check *checks, size_t n) {
    size_t majority = find_majority(checks, n);
    for (size_t i = 0; i < n; i++) {
        if (check_first_like(checks, i) != i || count_like(checks, n, i) < 2)
            continue;
        text_group(words, checks, n, i);
        fprintf(words, " are identical\n");
    }
    for (size_t i = 0; i < n; i++)
        if (check_first_like(checks, i) != majority)
            text_difference(words, checks, n, majority, i);
}

/* ---- JSON ---- */

static json_t *groups_json(const struct check *checks, size_t n) {
    json_t *groups = json_array();
    for (size_t i = 0; i < n; i++) {
        if (check_first_like(checks, i) != i || count_like(checks, n, i) < 2)
            continue;
        json_t *group = json_array();
        for (size_t k = i; k < n; k++)
            if (check_first_like(checks, k) == i)
                json_array_append_new(group, json_string(checks[k].input->name));
        json_array_append_new(groups, group);
    }
    return groups;
}

static json_t *regions_json(const struct mk_disagreement *d) {
    json_t *regions = json_array();
    for (unsigned i = 0; i <= MK_NO_REGION; i++)
        if (d->regions[i].bytes > 0)
            json_array_append_new(regions, json_pack("{s:s?, s:I, s:I}", "name",
                                                     i == MK_NO_REGION ? NULL : mk_region_name(i),
                                                     "bytes", (json_int_t)d->regions[i].bytes,
                                                     "first", (json_int_t)d->regions[i].first));
    return regions;
}

json_t *check_reads_json(const struct tool_run *run, const struct check *checks, size_t n,
                         json_t *vote, const struct mk_error *e) {
    struct mk_disagreement d;
    struct mk_span *reads = calloc(n, sizeof *reads);
    json_t *object = report_start(run->tool);
    for (size_t i = 0; reads && i < n; i++)
        reads[i] = bytes_of(&checks[i]);
    if (!reads) {
        json_decref(vote);
        json_decref(object);
        return report_lack();
    }
    mk_disagree(reads, n, image_of(checks, n), &d);
    free(reads);
    json_object_set_new(object, "comparison",
                        json_pack("{s:o, s:I, s:I, s:o, s:o}", "identical", groups_json(checks, n),
                                  "differing_bytes", (json_int_t)d.bytes, "unstable_bits",
                                  (json_int_t)d.bits, "regions", regions_json(&d), "vote",
                                  vote ? vote : json_null()));
    if (e->code)
        json_object_set_new(object, "error", report_error(e));
    return object;
}
