/* SPDX-License-Identifier: MIT */
#include <mekit/base/arith.h>
#include <mekit/base/text.h>
#include <mekit/format/platform.h>

#include <stdio.h>

#define MAP_SIZE     0x14u
#define MAP_SIZE_OLD 0x10u /* ICH and Ibex Peak have no FLMAP3 */
#define DWORD        4u
#define FMBA_V2      0x80u /* in 164 of 164 descriptors of version 2 */
#define MDTBA_NONE   0xFFu /* from Cannon Point on */

static uint32_t get(struct mk_span map, enum mk_map_field field) {
    return (uint32_t)mk_field_get(map, &mk_map_fields[field]);
}

static uint32_t base_of(struct mk_span map, enum mk_map_field field) {
    return get(map, field) << 4;
}

bool mk_descriptor_is_at(struct mk_span image, uint32_t *at) {
    static const uint32_t places[] = {0x10, 0x00};
    struct mk_span word;
    for (size_t i = 0; i < 2; i++)
        if (mk_span_cut(image, places[i], DWORD, &word) &&
            mk_span_u32(word, 0) == MK_DESCRIPTOR_SIGNATURE) {
            *at = places[i];
            return true;
        }
    return false;
}

static void read_map(struct mk_span map, struct mk_descriptor *d) {
    d->version = get(map, MK_MAP_NR) == 0 ? 2 : 1;
    d->fcba = base_of(map, MK_MAP_FCBA);
    d->frba = base_of(map, MK_MAP_FRBA);
    d->fmba = base_of(map, MK_MAP_FMBA);
    d->fpsba = base_of(map, MK_MAP_FPSBA);
    d->fmsba = base_of(map, MK_MAP_FMSBA);
    d->chips = get(map, MK_MAP_NC) + 1;
    d->nr = get(map, MK_MAP_NR);
    d->nm = get(map, MK_MAP_NM);
    d->isl = get(map, MK_MAP_ISL);
    d->msl = get(map, MK_MAP_MSL);
    d->iccriba = (uint8_t)get(map, MK_MAP_ICCRIBA);
    d->csso = (uint16_t)get(map, MK_MAP_CSSO);
    d->flmap2 = get(map, MK_MAP_FLMAP2);
    d->flmap3 = get(map, MK_MAP_FLMAP3);
}

/* A descriptor of 2 KiB has no upper map, which only distinguishes two platforms: take the value
 * that identifies one. */
static void guess_upper_map(struct mk_descriptor *d) {
    if (!mk_platform_detect(d)->confident)
        d->mdtba = MDTBA_NONE;
}

static void read_upper_map(struct mk_descriptor *d) {
    struct mk_span upper;
    if (!mk_span_cut(d->bytes, MK_DESCRIPTOR_FLUMAP1, DWORD, &upper)) {
        guess_upper_map(d);
        return;
    }
    d->mdtba = (uint8_t)mk_field_get(upper, &mk_upper_fields[MK_UPPER_MDTBA]);
    d->vtba = (uint32_t)mk_field_get(upper, &mk_upper_fields[MK_UPPER_VTBA]) << 4;
    unsigned told =
        (unsigned)mk_field_get(upper, &mk_upper_fields[MK_UPPER_VTL]) * DWORD / MK_VSCC_ENTRY_SIZE;
    uint64_t room = d->vtba < MK_DESCRIPTOR_FLUMAP1
                        ? (MK_DESCRIPTOR_FLUMAP1 - d->vtba) / MK_VSCC_ENTRY_SIZE
                        : 0;
    d->vtl = (unsigned)mk_min(told, room);
}

static uint32_t sections_end(const struct mk_descriptor *d) {
    return (uint32_t)mk_min(d->bytes.n, MK_DESCRIPTOR_FLUMAP1);
}

/* A section ends where the next one above it, or the upper map, begins. From Tiger Lake on, FMSBA's
 * bits in version 2 have other meanings. */
static uint32_t section_end(const struct mk_descriptor *d, uint32_t start) {
    const uint32_t starts[] = {d->fcba, d->frba, d->fmba, d->fpsba, d->version == 1 ? d->fmsba : 0};
    uint32_t end = sections_end(d);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (starts[i] > start && starts[i] < end)
            end = starts[i];
    return end;
}

static bool is_shared(const struct mk_descriptor *d, uint32_t start) {
    const uint32_t starts[] = {d->fcba, d->frba, d->fmba, d->fpsba, d->version == 1 ? d->fmsba : 0};
    unsigned n = 0;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        n += starts[i] == start;
    return n > 1;
}

static void read_regions(struct mk_descriptor *d) {
    unsigned room = (section_end(d, d->frba) - d->frba) / DWORD;
    d->n_regions = (unsigned)mk_min(mk_min(room, d->platform->regions), MK_LIMIT_REGIONS);
    for (unsigned i = 0; i < d->n_regions; i++) {
        d->regions[i].at = d->frba + i * DWORD;
        mk_region_decode(mk_span_clip(d->bytes, d->regions[i].at, DWORD), i, &d->regions[i]);
    }
}

static void read_masters(struct mk_descriptor *d) {
    unsigned room = (section_end(d, d->fmba) - d->fmba) / DWORD;
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++) {
        struct mk_master *master = &d->masters[i];
        master->at = d->fmba + i * DWORD;
        master->present = i < room && i < d->platform->masters;
        if (!master->present)
            continue;
        master->raw = mk_span_u32(d->bytes, master->at);
        mk_master_decode(d, master);
    }
}

static uint64_t chip_size(const struct mk_descriptor *d, unsigned chip) {
    const struct mk_field *field = &mk_platform_density_fields(d->platform)[chip];
    struct mk_span component = mk_span_clip(d->bytes, d->fcba, DWORD);
    return mk_platform_density(d->platform, (unsigned)mk_field_get(component, field));
}

/* With one chip the second field is junk in real files. */
static void read_chips(struct mk_descriptor *d) {
    d->chip_size[0] = chip_size(d, 0);
    d->chip_size[1] = d->chips > 1 ? chip_size(d, 1) : 0;
}

static void read_second(struct mk_span image, struct mk_descriptor *d) {
    struct mk_span first = mk_span_clip(image, 0, MK_DESCRIPTOR_SIZE), second;
    uint32_t at;
    if (d->regions[MK_REGION_FD].end < MK_DESCRIPTOR_SECOND + MK_DESCRIPTOR_SIZE ||
        !mk_span_cut(image, MK_DESCRIPTOR_SECOND, MK_DESCRIPTOR_SIZE, &second) ||
        !mk_descriptor_is_at(second, &at))
        return;
    d->second = mk_span_equal(first, second) ? MK_SECOND_EQUAL : MK_SECOND_DIFFERENT;
}

/* The part of each section that mekit reads or writes must lie after the map and before the next
 * section: a written strap must not overwrite a region. */
static bool check_sections(struct mk_span map, const struct mk_descriptor *d, struct mk_error *e) {
    const struct {
        enum mk_map_field field;
        uint32_t start, size;
        const char *what;
    } sections[] = {
        {MK_MAP_FCBA, d->fcba, 3 * DWORD, "component section"},
        {MK_MAP_FRBA, d->frba, 5 * DWORD, "region section"},
        {MK_MAP_FMBA, d->fmba, 3 * DWORD, "master section"},
        {MK_MAP_FPSBA, d->fpsba, d->isl * DWORD, "PCH strap section"},
        {MK_MAP_FMSBA, d->fmsba, d->version == 1 ? d->msl * DWORD : 0, "CPU strap section"},
    };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        uint32_t start = sections[i].start, size = sections[i].size;
        uint64_t at = map.at + mk_map_fields[sections[i].field].offset;
        uint32_t end = start < sections_end(d) ? section_end(d, start) : 0;
        if (size > 0 &&
            (start < d->signature_at + MAP_SIZE_OLD || end < start + size || is_shared(d, start)))
            return mk_fail_limit(e, MK_E_RANGE, at, start, end, sections[i].what);
    }
    /* In a version 1 descriptor that passes for version 2, every mask would go to the wrong place.
     * Do not trust NR alone, which may be damaged. */
    if (d->version == 2 && d->fmba != FMBA_V2)
        return mk_fail_limit(e, MK_E_FIELD, map.at + mk_map_fields[MK_MAP_FMBA].offset, d->fmba,
                             FMBA_V2, "NR says version 2, but FMBA does not");
    return true;
}

/* Lists the possible names: nobody can guess them. */
static bool fail_platform(const char *name, struct mk_error *e) {
    char masked[24], names[220] = "";
    size_t used = 0;
    mk_text_mask_string(masked, sizeof masked, name);
    for (size_t i = 0; i < mk_platform_count && used < sizeof names; i++) {
        const struct mk_platform *platform = &mk_platforms[i];
        if (mk_platform_find(platform->name) == platform)
            used += (size_t)snprintf(names + used, sizeof names - used, " %s", platform->name);
    }
    return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "unknown platform %s; the names are:%s", masked,
                   names);
}

static bool choose_platform(const char *name, struct mk_descriptor *d, struct mk_error *e) {
    char masked[60];
    d->platform = mk_platform_detect(d);
    if (!name)
        return true;
    const struct mk_platform *wanted = mk_platform_find(name);
    mk_text_mask_string(masked, sizeof masked, name);
    if (!wanted)
        return fail_platform(name, e);
    if (mk_platform_contradicts(wanted, d))
        return mk_fail(e, MK_E_CONTRADICTION, d->signature_at,
                       "this descriptor is for %s, it can't be for %s", d->platform->name, masked);
    d->platform = wanted;
    return true;
}

bool mk_descriptor_read(struct mk_span image, const char *platform, struct mk_descriptor *d,
                        struct mk_error *e) {
    struct mk_span map;
    *d = (struct mk_descriptor){0};
    if (!mk_descriptor_is_at(image, &d->signature_at))
        return mk_fail(e, MK_E_TAG, image.at, "expected a descriptor's signature at 0 or 0x10");
    if (image.n == MK_DESCRIPTOR_SIZE_SMALL || image.n == MK_DESCRIPTOR_SIZE_LARGE)
        d->bytes = image;
    else if (!mk_span_cut(image, 0, MK_DESCRIPTOR_SIZE, &d->bytes))
        return mk_fail(e, MK_E_TRUNCATED, image.at + image.n, "the descriptor is cut off");
    map = mk_span_clip(image, d->signature_at, MAP_SIZE);
    read_map(map, d);
    read_upper_map(d);
    if (!check_sections(map, d, e) || !choose_platform(platform, d, e))
        return false;
    read_regions(d);
    read_masters(d);
    read_chips(d);
    read_second(image, d);
    return true;
}

/* The platform decides the width of a density code, so it must be sure. */
uint64_t mk_descriptor_capacity(const struct mk_descriptor *d) {
    bool sure = d->platform->confident || d->version == 2;
    bool known = d->chip_size[0] > 0 && (d->chips == 1 || d->chip_size[1] > 0) && d->chips <= 2;
    return sure && known ? d->chip_size[0] + d->chip_size[1] : 0;
}

static bool read_strap(const struct mk_descriptor *d, uint32_t base, unsigned n, uint32_t offset,
                       uint32_t *value, uint32_t *at) {
    struct mk_span word;
    uint64_t place = (uint64_t)base + offset;
    if (offset / DWORD >= n || place + DWORD > MK_DESCRIPTOR_SIZE ||
        !mk_span_cut(d->bytes, place, DWORD, &word))
        return false;
    *value = mk_span_u32(word, 0);
    *at = (uint32_t)place;
    return true;
}

bool mk_descriptor_pch_strap(const struct mk_descriptor *d, uint32_t byte_offset, uint32_t *value,
                             uint32_t *at) {
    return read_strap(d, d->fpsba, d->isl, byte_offset, value, at);
}

bool mk_descriptor_cpu_strap(const struct mk_descriptor *d, uint32_t byte_offset, uint32_t *value,
                             uint32_t *at) {
    return read_strap(d, d->fmsba, d->msl, byte_offset, value, at);
}
