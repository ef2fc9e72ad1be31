/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include "access.h"
#include "facts/facts.h"

#include <inttypes.h>
#include <mekit/base/text.h>
#include <mekit/format/strap.h>
#include <string.h>

#define STRAPS_IN_A_LINE 8u

static void text_platform(FILE *words, const struct mk_descriptor *d, bool verbose) {
    fprintf(words, "descriptor version %u, platform %s: %s%s\n", d->version, d->platform->name,
            d->platform->title, d->platform->confident ? "" : " (not sure)");
    if (verbose)
        fprintf(words,
                "  detected by: signature at 0x%x, NR %u, NM %u, ISL %02x, MSL %02x, FLMAP2 %08x, "
                "MDTBA %02x\n",
                d->signature_at, d->nr, d->nm, d->isl, d->msl, d->flmap2, d->mdtba);
}

/* The first of two chips alone is a legal image. */
static bool is_first_chip(const struct mk_image *image) {
    return image->descriptor.chips == 2 && image->bytes.n == image->descriptor.chip_size[0];
}

static void text_chips(FILE *words, const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    fprintf(words, "chips: %u", d->chips);
    for (unsigned i = 0; i < 2; i++)
        if (d->chip_size[i])
            fprintf(words, "%s %" PRIu64 " KiB", i ? " +" : ",", d->chip_size[i] >> 10);
    if (is_first_chip(image))
        fprintf(words, " (this is the first chip only)");
    fprintf(words, "\n");
}

static void text_clocks(FILE *words, const struct mk_descriptor *d) {
    static const enum mk_component_field shown[] = {
        MK_COMPONENT_FAST_CLOCK, MK_COMPONENT_WRITE_CLOCK, MK_COMPONENT_ID_CLOCK};
    const uint8_t *clocks = mk_platform_clocks(d->platform);
    struct mk_span component = mk_span_clip(d->bytes, d->fcba, 4);
    fprintf(words, "  FLCOMP %08x", mk_span_u32(component, 0));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const struct mk_field *field = &mk_component_fields[shown[i]];
        unsigned code = (unsigned)mk_field_get(component, field);
        if (clocks && clocks[code & 7])
            fprintf(words, ", %s %u MHz", field->name, clocks[code & 7]);
        else
            fprintf(words, ", %s code %u", field->name, code);
    }
    fprintf(words, "\n");
}

/* Scripts parse this line of ifdtool, so none of its words may change. */
static void text_region(FILE *words, const struct mk_image *image, unsigned i) {
    const struct mk_region *r = &image->descriptor.regions[i];
    fprintf(words, "Flash Region %u (%s): %08x - %08x%s\n", i, mk_region_title(i), r->base << 12,
            r->limit << 12 | 0xFFFu, r->used ? "" : " (unused)");
}

static void text_region_size(FILE *words, const struct mk_image *image, unsigned i) {
    const struct mk_region *r = &image->descriptor.regions[i];
    uint64_t size = r->end - r->start;
    if (!r->used)
        return;
    fprintf(words, "  %-8s FLREG%-2u %08x  %8" PRIu64 " KiB", mk_region_name(i), i, r->raw,
            size >> 10);
    if (i == MK_REGION_BIOS)
        fprintf(words, "  CBFS_SIZE=0x%" PRIx64, size);
    if (r->end > image->bytes.n && image->kind != MK_IMAGE_DESCRIPTOR)
        fprintf(words, "  %s past the end of this file%s",
                r->start < image->bytes.n ? "ends" : "is",
                is_first_chip(image) ? ", on the other chip" : "");
    fprintf(words, "\n");
}

static void text_masters(FILE *words, const struct mk_descriptor *d) {
    struct access_row rows[MK_LIMIT_MASTERS] = {0};
    size_t n = 0;
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++) {
        if (!d->masters[i].present)
            continue;
        snprintf(rows[n].label, sizeof rows[n].label, "%-6s %08x", mk_master_name(i),
                 d->masters[i].raw);
        rows[n++].word = d->masters[i].raw;
    }
    fprintf(words, "access:\n");
    access_text(words, d, rows, n);
}

/* If no row matches, print the disputed ones of the platform: nobody knows which one is right. */
static void text_disputed(FILE *words, const struct mk_descriptor *d) {
    unsigned n = 0;
    for (size_t i = 0; i < mk_strap_row_count; i++) {
        const struct mk_strap_row *row = &mk_strap_rows[i];
        if (!row->disputed || strcmp(row->platform, d->platform->name) != 0)
            continue;
        fprintf(words, "soft disable: disputed, never written: %s (%s strap %u%s%s)\n",
                mk_disable_name(row->kind), row->cpu ? "CPU" : "PCH", row->offset / 4,
                *row->flavour ? ", " : "", row->flavour);
        n++;
    }
    if (n == 0)
        fprintf(words, "soft disable: no strap is known for this descriptor\n");
}

static void text_soft_disable(FILE *words, const struct mk_descriptor *d) {
    static const char *const states[] = {"unknown", "clear", "set"};
    const struct mk_strap_row *row;
    uint32_t value = 0, at = 0;
    enum mk_disable_state state = mk_strap_state(d, &row);
    if (!row) {
        text_disputed(words, d);
        return;
    }
    mk_strap_read(d, row, &value, &at);
    fprintf(words, "soft disable: %s %s (%s strap %u at 0x%x = %08x%s%s)%s\n",
            mk_disable_name(row->kind), states[state], row->cpu ? "CPU" : "PCH", row->offset / 4,
            at, value, *row->flavour ? ", " : "", row->flavour,
            row->disputed ? " - not proven, never written" : "");
}

static void text_gpr0(FILE *words, const struct mk_descriptor *d) {
    struct mk_gpr0 gpr0;
    if (mk_gpr0_read(d, &gpr0))
        fprintf(words,
                "GPR0: %s 0x%" PRIx64 " to 0x%" PRIx64 ", whatever FLMSTR1 says (PCH strap %u at "
                "0x%x = %08x)\n",
                mk_gpr0_what(&gpr0), gpr0.start, gpr0.end - 1, gpr0.strap, gpr0.at, gpr0.raw);
}

static void text_straps(FILE *words, const struct mk_descriptor *d, bool cpu) {
    uint32_t value = 0, at = 0;
    for (uint32_t i = 0; i < (cpu ? d->msl : d->isl); i++) {
        if (!(cpu ? mk_descriptor_cpu_strap : mk_descriptor_pch_strap)(d, 4 * i, &value, &at))
            break;
        if (i % STRAPS_IN_A_LINE == 0)
            fprintf(words, "%s%s strap %3u:", i ? "\n" : "", cpu ? "CPU" : "PCH", i);
        fprintf(words, " %08x", value);
    }
    fprintf(words, "\n");
}

static void text_evidence(FILE *words, const struct mk_descriptor *d) {
    const struct mk_strap_row *row;
    mk_strap_state(d, &row);
    fprintf(words, "evidence: platform %s: %s\n", d->platform->name, d->platform->source);
    if (row)
        fprintf(words, "evidence: strap: %s; seen in %u descriptor%s\n", row->source, row->seen,
                row->seen == 1 ? "" : "s");
}

static void text_rest(FILE *words, const struct mk_descriptor *d) {
    text_evidence(words, d);
    text_straps(words, d, false);
    text_straps(words, d, true);
    for (unsigned i = 0; i < d->vtl; i++) {
        uint32_t at = d->vtba + MK_VSCC_ENTRY_SIZE * i;
        fprintf(words, "VSCC %u: JEDEC id %06x, %08x  %s\n", i,
                mk_span_u32(d->bytes, at) & 0xFFFFFFu, mk_span_u32(d->bytes, at + 4),
                facts_chip_maker(mk_span_u8(d->bytes, at)));
    }
}

void dump_text_descriptor(FILE *words, const struct mk_image *image, bool verbose) {
    const struct mk_descriptor *d = &image->descriptor;
    if (!image->has_descriptor)
        return;
    text_platform(words, d, verbose);
    text_chips(words, image);
    if (verbose)
        text_clocks(words, d);
    for (unsigned i = 0; i < d->n_regions; i++)
        if (verbose || d->regions[i].used)
            text_region(words, image, i);
    for (unsigned i = 0; i < d->n_regions; i++)
        text_region_size(words, image, i);
    text_masters(words, d);
    text_soft_disable(words, d);
    text_gpr0(words, d);
    if (verbose)
        text_rest(words, d);
}
