/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "report.h"
#include "words.h"

#include <mekit/format/strap.h>
#include <string.h>

#define STRAP_SIZE 4u

static unsigned bit_of(uint32_t mask) {
    unsigned bit = 0;
    while (bit < 31 && !(mask >> bit & 1))
        bit++;
    return bit;
}

/* A platform may have several rows, one for each way to recognise it. */
static bool is_first(const struct mk_platform *platform) {
    return platform->confident && mk_platform_find(platform->name) == platform;
}

static void text_strap(FILE *words, const struct mk_strap_row *row) {
    fprintf(words, "      %s%s in %s%u bit %u%s%s%s\n        n = %u; %s\n",
            row->disputed ? "disputed, never written: " : "", mk_disable_name(row->kind),
            row->cpu ? "MCHSTRP" : "PCHSTRP", row->offset / STRAP_SIZE, bit_of(row->mask),
            *row->flavour ? " (" : "", row->flavour, *row->flavour ? ")" : "", row->seen,
            row->source);
}

static bool is_of(const struct mk_platform *row, const struct mk_platform *platform) {
    return row->confident && strcmp(row->name, platform->name) == 0;
}

static void text_platform(FILE *words, const struct mk_platform *platform) {
    char firmware[SUPPORT_ROOM];
    support_firmware(platform, firmware);
    fprintf(words, "  %-11s %s%s%s\n", platform->name, platform->title, *firmware ? "; " : "",
            firmware);
    for (size_t i = 0; i < mk_platform_count; i++)
        if (is_of(&mk_platforms[i], platform))
            fprintf(words, "      recognised: %s\n", mk_platforms[i].source);
    for (size_t i = 0; i < mk_strap_row_count; i++)
        if (strcmp(mk_strap_rows[i].platform, platform->name) == 0)
            text_strap(words, &mk_strap_rows[i]);
}

static void text_tables(FILE *words) {
    fprintf(words,
            "Firmware: every kind can be shown and taken apart.\n\n  %-16s%-8s%-11s%-7s%-10s%s\n",
            "", "verify", "prove", "strip", "relocate", "disable");
    for (size_t i = 0; i < support_row_count; i++) {
        const struct support_row *r = &support_rows[i];
        fprintf(words, "  %-16s%-8s%-11s%-7s%-10s%s\n", r->firmware, r->verify, r->prove, r->strip,
                r->relocate, support_disable(r));
    }
    fprintf(words,
            "\n"
            "  prove     boot code against the signed manifest: by its hashes, by mekit's\n"
            "            catalogue of proven modules, or with a codebook alone\n"
            "  whole     the whole region, of a full dump\n"
            "  force     with --force: a server needs its firmware\n"
            "  disable   by a strap, which is written where one row below fits the descriptor\n"
            "  n         real descriptors in which the strap was seen at this place\n"
            "\nPlatforms (--platform=NAME), their straps and the evidence:\n\n");
    for (size_t i = 0; i < mk_platform_count; i++)
        if (is_first(&mk_platforms[i]))
            text_platform(words, &mk_platforms[i]);
}

static json_t *firmware_json(const struct support_row *r) {
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "firmware", r->firmware, "verify", r->verify,
                     "prove", r->prove, "strip", r->strip, "relocate", r->relocate, "disable",
                     support_disable(r));
}

static json_t *straps_json(const struct mk_platform *platform) {
    json_t *list = report_list();
    for (size_t i = 0; i < mk_strap_row_count; i++) {
        const struct mk_strap_row *r = &mk_strap_rows[i];
        if (strcmp(r->platform, platform->name) == 0)
            json_array_append_new(list,
                                  json_pack("{s:s, s:s, s:b, s:i, s:i, s:b, s:i, s:s}", "flavour",
                                            r->flavour, "kind", mk_disable_name(r->kind), "cpu",
                                            r->cpu, "strap", (int)(r->offset / STRAP_SIZE), "bit",
                                            (int)bit_of(r->mask), "disputed", r->disputed, "seen",
                                            (int)r->seen, "evidence", r->source));
    }
    return list;
}

static json_t *platform_json(const struct mk_platform *platform) {
    char firmware[SUPPORT_ROOM];
    return json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", platform->name, "title", platform->title,
                     "firmware", support_firmware(platform, firmware), "evidence", platform->source,
                     "straps", straps_json(platform));
}

int support_print(struct tool_run *run) {
    words_end_with_pipe();
    if (!run->common.json.given) {
        text_tables(run->words);
        return MK_EXIT_DONE;
    }
    json_t *object = report_start(run->tool), *firmware = report_list(), *platforms = report_list();
    for (size_t i = 0; i < support_row_count; i++)
        json_array_append_new(firmware, firmware_json(&support_rows[i]));
    for (size_t i = 0; i < mk_platform_count; i++)
        if (is_first(&mk_platforms[i]))
            json_array_append_new(platforms, platform_json(&mk_platforms[i]));
    json_object_set_new(object, "firmware", firmware);
    json_object_set_new(object, "platforms", platforms);
    return report_write(run, object);
}
