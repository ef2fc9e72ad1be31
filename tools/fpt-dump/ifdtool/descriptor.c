/* SPDX-License-Identifier: MIT */
#include "fpt-dump/dump.h"

#include <inttypes.h>
#include <mekit/format/strap.h>

#define DWORD      4u
#define OEM_SHOWN  0x40u
#define OEM_LINE   0x10u
#define CPU_STRAPS 8u

/* A descriptor of 2 KiB has no upper map. */
static uint32_t word(const struct mk_descriptor *d, uint32_t at) {
    struct mk_span bytes;
    return mk_span_cut(d->bytes, at, DWORD, &bytes) ? mk_span_u32(bytes, 0) : UINT32_MAX;
}

static void head(FILE *words, const struct mk_descriptor *d) {
    bool old = d->version == 1;
    uint32_t map = d->signature_at;
    fprintf(words, "PCH Revision: %s\n", d->platform->title);
    fprintf(words, "FLMAP0:    0x%08x\n", word(d, map + DWORD));
    if (old)
        fprintf(words, "  NR:      %u\n", d->nr);
    fprintf(words, "  FRBA:    0x%x\n  NC:      %u\n  FCBA:    0x%x\n", d->frba, d->chips, d->fcba);
    fprintf(words, "FLMAP1:    0x%08x\n  %s:     0x%02x\n  FPSBA:   0x%x\n", word(d, map + 8),
            old ? "ISL" : "PSL", d->isl, d->fpsba);
    fprintf(words, "  NM:      %u\n  FMBA:    0x%x\n", d->nm, d->fmba);
    if (old)
        fprintf(words, "FLMAP2:    0x%08x\n  PSL:     0x%04x\n  FMSBA:   0x%x\n", d->flmap2,
                d->flmap2 >> 8 & 0xFFFFu, d->fmsba);
    uint32_t upper = word(d, MK_DESCRIPTOR_FLUMAP1);
    fprintf(words, "FLUMAP1:   0x%08x\n  Intel ME VSCC Table Length (VTL):        %u\n", upper,
            upper >> 8 & 0xFFu);
    fprintf(words, "  Intel ME VSCC Table Base Address (VTBA): 0x%06x\n\n", d->vtba);
}

static void tables(FILE *words, const struct mk_descriptor *d) {
    fprintf(words, "ME VSCC table:\n");
    for (unsigned i = 0; i < d->vtl; i++)
        fprintf(words, "  JID%u:  0x%08x\n  VSCC%u: 0x%08x\n", i,
                word(d, d->vtba + MK_VSCC_ENTRY_SIZE * i), i,
                word(d, d->vtba + MK_VSCC_ENTRY_SIZE * i + DWORD));
    fprintf(words, "\nOEM Section:\n");
    struct mk_span oem = mk_span_clip(d->bytes, MK_DESCRIPTOR_OEM, OEM_SHOWN);
    for (uint32_t i = 0; i < oem.n; i++) {
        if (i % OEM_LINE == 0)
            fprintf(words, "%02x:", i);
        fprintf(words, " %02x%s", mk_span_u8(oem, i), i % OEM_LINE == OEM_LINE - 1 ? "\n" : "");
    }
    fprintf(words, "\n");
}

/* Print the words as stored, used or not. In version 1 ifdtool reads 12 bits, which matters only if
 * the region is unused or the flash too large for version 1. */
static void regions(FILE *words, const struct mk_descriptor *d) {
    fprintf(words, "Found Region Section\n");
    for (unsigned i = 0; i < d->n_regions; i++) {
        const struct mk_region *r = &d->regions[i];
        uint32_t read = d->version == 1 && !r->used ? 0xFFFu : UINT32_MAX;
        fprintf(words, "FLREG%u:    0x%08x\n  Flash Region %u (%s): %08x - %08x %s\n", i, r->raw, i,
                mk_region_title(i), (r->base & read) << 12, (r->limit & read) << 12 | 0xFFFu,
                r->used ? "" : "(unused)");
    }
    fprintf(words, "\n");
}

static void clock(FILE *words, const struct mk_descriptor *d, const char *what,
                  enum mk_component_field field) {
    const uint8_t *clocks = mk_platform_clocks(d->platform);
    struct mk_span section = mk_span_clip(d->bytes, d->fcba, DWORD);
    unsigned code = (unsigned)mk_field_get(section, &mk_component_fields[field]);
    if (clocks && clocks[code])
        fprintf(words, "  %-36s %uMHz\n", what, clocks[code]);
    else
        fprintf(words, "  %-36s unknown<%x>MHz\n", what, code);
}

static void density(FILE *words, const struct mk_descriptor *d, unsigned chip) {
    unsigned code = (unsigned)mk_field_get(mk_span_clip(d->bytes, d->fcba, DWORD),
                                           &mk_platform_density_fields(d->platform)[chip]);
    fprintf(words, "  Component %u Density:                 ", chip + 1);
    if (code == 0)
        fprintf(words, "512KB\n");
    else if (code <= 7)
        fprintf(words, "%uMB\n", 1u << (code - 1));
    else
        fprintf(words, code == 0xF ? "UNUSED\n" : "unknown<%x>MB\n", code);
}

/* Prints four opcodes that the chip refuses, the last one first. */
static void opcodes(FILE *words, const char *name, uint32_t value, unsigned first) {
    fprintf(words, "%-10s 0x%08x\n", name, value);
    for (unsigned i = DWORD; i-- > 0;)
        fprintf(words, "  Invalid Instruction %u: 0x%02x\n", first + i, value >> 8 * i & 0xFFu);
}

static const char *support(const struct mk_descriptor *d, enum mk_component_field field) {
    struct mk_span section = mk_span_clip(d->bytes, d->fcba, DWORD);
    return mk_field_get(section, &mk_component_fields[field]) ? "" : "not ";
}

static void component(FILE *words, const struct mk_descriptor *d) {
    uint32_t value = word(d, d->fcba), third = word(d, d->fcba + 2 * DWORD);
    fprintf(words, "Found Component Section\nFLCOMP     0x%08x\n", value);
    fprintf(words, "  Dual Output Fast Read Support:       %ssupported\n",
            support(d, MK_COMPONENT_DUAL_OUTPUT));
    clock(words, d, "Read ID/Read Status Clock Frequency:", MK_COMPONENT_ID_CLOCK);
    clock(words, d, "Write/Erase Clock Frequency:", MK_COMPONENT_WRITE_CLOCK);
    clock(words, d, "Fast Read Clock Frequency:", MK_COMPONENT_FAST_CLOCK);
    fprintf(words, "  Fast Read Support:                   %ssupported\n",
            support(d, MK_COMPONENT_FAST_READ));
    /* From Cannon Lake on these bits are the clock of eSPI. */
    if (d->mdtba == 0)
        clock(words, d, "Read Clock Frequency:", MK_COMPONENT_READ_CLOCK);
    density(words, d, 1);
    density(words, d, 0);
    opcodes(words, "FLILL", word(d, d->fcba + DWORD), 0);
    if (d->version == 1)
        fprintf(words, "FLPB       0x%08x\n  Flash Partition Boundary Address: 0x%06x\n\n", third,
                (third & 0xFFFu) << 12);
    else
        opcodes(words, "FLILL1", third, DWORD);
}

static void straps(FILE *words, const struct mk_descriptor *d) {
    uint32_t value, at;
    fprintf(words, "Found PCH Strap Section\n");
    for (unsigned i = 0; mk_descriptor_pch_strap(d, i * DWORD, &value, &at); i++)
        fprintf(words, "PCHSTRP%-3u: 0x%08x\n", i, value);
    const struct mk_strap_row *row;
    enum mk_disable_state state = mk_strap_state(d, &row);
    if (row && state != MK_DISABLE_UNKNOWN)
        fprintf(words, "%s bit is %sset\n", mk_disable_name(row->kind),
                state == MK_DISABLE_SET ? "" : "not ");
    fprintf(words, "\n");
}

static void access(FILE *words, const struct mk_descriptor *d, uint16_t mask, const char *what) {
    static const struct {
        enum mk_region_number region;
        const char *title;
    } rows[] = {{MK_REGION_EC, "EC Region"},
                {MK_REGION_PD, "Platform Data Region"},
                {MK_REGION_GBE, "GbE Region"},
                {MK_REGION_ME, "Intel ME Region"},
                {MK_REGION_BIOS, "Host CPU/BIOS Region"},
                {MK_REGION_FD, "Flash Descriptor"}};
    for (size_t i = d->version == 1; i < sizeof rows / sizeof *rows; i++) {
        char line[60];
        snprintf(line, sizeof line, "%s %s Access:", rows[i].title, what);
        fprintf(words, "  %-34s %s\n", line, mask >> rows[i].region & 1 ? "enabled" : "disabled");
    }
}

static void masters(FILE *words, const struct mk_descriptor *d) {
    static const char *const names[MK_LIMIT_MASTERS] = {"Host CPU/BIOS", "Intel ME", "GbE",
                                                        "Device Exp",    "EC",       "IE"};
    fprintf(words, "Found Master Section\n");
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++) {
        const struct mk_master *m = &d->masters[i];
        if (!m->present)
            continue;
        fprintf(words, "FLMSTR%u:   0x%08x (%s)\n", i + 1, m->raw, names[i]);
        access(words, d, m->write, "Write");
        access(words, d, m->read, "Read");
        if (d->version == 1)
            fprintf(words, "  Requester ID:                      0x%04x\n\n", m->raw & 0xFFFFu);
    }
}

void dump_like_ifdtool(FILE *words, const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    head(words, d);
    tables(words, d);
    regions(words, d);
    component(words, d);
    straps(words, d);
    masters(words, d);
    fprintf(words, "Found Processor Strap Section\n");
    for (uint32_t i = 0; d->version == 1 && i < CPU_STRAPS; i++)
        fprintf(words, "????:      0x%08x\n", word(d, d->fmsba + i * DWORD));
}
