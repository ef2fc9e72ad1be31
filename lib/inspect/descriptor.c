/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <mekit/format/manifest.h>

#include <inttypes.h>

#define FCBA_OLD     0x10u /* if the signature is at 0 */
#define FCBA_IBEX    0x20u
#define FCBA         0x30u
#define FRBA         0x40u
#define FMBA_V1      0x60u
#define FMBA_V2      0x80u
#define FPSBA        0x100u
#define FMSBA        0x200u
#define CHIPS_MAX    2u
#define LARGEST_CHIP (64ull << 20) /* the largest density code */
#define SIGNED_MAX   0x10000u      /* the largest descriptor region seen */
#define DWORD        4u

static bool find_base(const struct mk_descriptor *d, enum mk_map_field field, uint32_t base,
                      uint32_t known, struct mk_findings *f, struct mk_error *e) {
    return base == known ||
           mk_finding_add(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE,
                          d->bytes.at + d->signature_at + mk_map_fields[field].offset, DWORD, e,
                          "%s is 0x%x: real descriptors of this version have 0x%x",
                          mk_map_fields[field].name, base, known);
}

static bool find_bases(const struct mk_descriptor *d, struct mk_findings *f, struct mk_error *e) {
    bool old = d->fcba == FCBA_IBEX || (d->fcba == FCBA_OLD && d->signature_at == 0);
    uint32_t fmba = d->version == 2 ? FMBA_V2 : FMBA_V1;
    return (old || find_base(d, MK_MAP_FCBA, d->fcba, FCBA, f, e)) &&
           find_base(d, MK_MAP_FRBA, d->frba, FRBA, f, e) &&
           find_base(d, MK_MAP_FMBA, d->fmba, fmba, f, e) &&
           find_base(d, MK_MAP_FPSBA, d->fpsba, FPSBA, f, e) &&
           (d->version == 2 || find_base(d, MK_MAP_FMSBA, d->fmsba, FMSBA, f, e)) &&
           (d->chips <= CHIPS_MAX ||
            mk_finding_add(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE,
                           d->bytes.at + d->signature_at + mk_map_fields[MK_MAP_NC].offset, DWORD,
                           e, "NC says %u chips: there are at most two", d->chips));
}

static bool find_first_region(const struct mk_descriptor *d, struct mk_findings *f,
                              struct mk_error *e) {
    const struct mk_region *fd = &d->regions[MK_REGION_FD];
    bool others = false;
    for (unsigned i = MK_REGION_BIOS; i < d->n_regions; i++)
        others = others || d->regions[i].used;
    if ((!fd->used || fd->start != 0) &&
        !mk_finding_add(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE, d->bytes.at + fd->at, DWORD, e,
                        "FLREG0 is %08x: the descriptor's own region must begin at 0", fd->raw))
        return false;
    return others || mk_finding_add(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE, d->bytes.at + fd->at,
                                    DWORD, e, "every region but the descriptor's own is unused");
}

/* In unused registers the limit is 0, or the base is all ones (12, 13 or 15 bits). Any other
 * register whose base is above its limit was once a region. */
static bool find_turned(const struct mk_descriptor *d, const struct mk_region *r,
                        struct mk_findings *f, struct mk_error *e) {
    return r->limit == 0 || r->base == 0xFFF || r->base == 0x1FFF || r->base == 0x7FFF ||
           mk_finding_add(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE, d->bytes.at + r->at, DWORD, e,
                          "region %s begins at 0x%x000, after its end (%08x)",
                          mk_region_name((unsigned)(r - d->regions)), r->base, r->raw);
}

static bool find_region(const struct mk_descriptor *d, unsigned number, struct mk_findings *f,
                        struct mk_error *e) {
    const struct mk_region *r = &d->regions[number], *fd = &d->regions[MK_REGION_FD];
    uint64_t capacity = mk_descriptor_capacity(d);
    uint64_t limit = capacity ? capacity : d->chips * LARGEST_CHIP;
    if (!r->used)
        return number == MK_REGION_FD || find_turned(d, r, f, e);
    if (r->end > limit &&
        !mk_finding_add(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE, d->bytes.at + r->at, DWORD, e,
                        "region %s ends at 0x%" PRIx64 ", but the chips have 0x%" PRIx64 " bytes",
                        mk_region_name(number), r->end, limit))
        return false;
    bool over = number != MK_REGION_FD && fd->used && fd->start == 0 && r->start < fd->end &&
                !(number == MK_REGION_BIOS && mki_bios_is_everything(d));
    return !over ||
           mk_finding_add(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE, d->bytes.at + r->at, DWORD, e,
                          "region %s overlaps the descriptor's own region", mk_region_name(number));
}

static bool find_impossible(const struct mk_descriptor *d, struct mk_findings *f,
                            struct mk_error *e) {
    if (!find_bases(d, f, e) || !find_first_region(d, f, e))
        return false;
    for (unsigned i = 0; i < d->n_regions; i++)
        if (!find_region(d, i, f, e))
            return false;
    return true;
}

bool mki_descriptor_inspect_unread(struct mk_span bytes, struct mk_findings *f,
                                   struct mk_error *e) {
    struct mk_descriptor d;
    struct mk_error problem = {.code = MK_OK};
    uint32_t at;
    char text[160];
    if (!mk_descriptor_is_at(bytes, &at) || mk_descriptor_read(bytes, NULL, &d, &problem) ||
        problem.code == MK_E_TRUNCATED)
        return true;
    uint64_t place = problem.offset;
    problem.offset = MK_NOWHERE;
    mk_error_text(&problem, text, sizeof text);
    if (!mk_finding_add(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE, place, DWORD, e, "%s", text))
        return false;
    f->list[f->n - 1].blocks = 0; /* no tool edits an unrecognised image */
    return true;
}

static bool find_signed(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    const struct mk_region *fd = &image->descriptor.regions[MK_REGION_FD];
    uint64_t size = fd->used && fd->start == 0 ? fd->end : MK_DESCRIPTOR_SIZE;
    struct mk_span own =
        mk_span_clip(image->bytes, 0, size < SIGNED_MAX ? size : (uint64_t)SIGNED_MAX);
    for (uint64_t at = 0; at < own.n; at += DWORD)
        if (mk_manifest_is_at(mk_span_clip(own, at, own.n)))
            return mk_finding_add(f, MK_FINDING_DESCRIPTOR_SIGNED, own.at + at, 0, e,
                                  "a manifest at 0x%" PRIx64
                                  " signs this descriptor: any edit makes that signature invalid",
                                  at);
    return true;
}

static bool find_copy(const struct mk_descriptor *d, struct mk_findings *f, struct mk_error *e) {
    static const char *const what[] = {
        [MK_SECOND_EQUAL] = "is the same as the first: an edit changes both",
        [MK_SECOND_DIFFERENT] = "differs from the first: an edit changes only the first",
    };
    return d->second == MK_SECOND_NONE ||
           mk_finding_add(f, MK_FINDING_DESCRIPTOR_COPY, MK_DESCRIPTOR_SECOND, MK_DESCRIPTOR_SIZE,
                          e, "a second descriptor at 0x%x %s", MK_DESCRIPTOR_SECOND,
                          what[d->second]);
}

static bool find_protected(const struct mk_descriptor *d, struct mk_findings *f,
                           struct mk_error *e) {
    struct mk_gpr0 gpr0;
    return !mk_gpr0_read(d, &gpr0) ||
           mk_finding_add(f, MK_FINDING_WRITE_PROTECTED, gpr0.start, gpr0.end - gpr0.start, e,
                          "GPR0 (PCH strap %u) %s 0x%" PRIx64 " to 0x%" PRIx64
                          ": opening FLMSTR1 does not open it",
                          gpr0.strap, mk_gpr0_what(&gpr0), gpr0.start, gpr0.end - 1);
}

/* If the map is wrong, straps and firmware prove nothing. */
bool mki_descriptor_inspect(const struct mk_image *image, struct mk_findings *f,
                            struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    if (!find_impossible(d, f, e) || !find_signed(image, f, e) || !find_copy(d, f, e) ||
        !find_protected(d, f, e))
        return false;
    return mk_finding_find(f, MK_FINDING_DESCRIPTOR_IMPOSSIBLE) || mki_board_inspect(image, f, e);
}
