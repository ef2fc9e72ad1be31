/* SPDX-License-Identifier: MIT */
#include <mekit/base/arith.h>
#include <mekit/format/platform.h>

#include <strings.h>

#define BLOCK_SHIFT 12
#define UNUSED_BASE 0x7FFFu

static const struct {
    const char *name, *title, *file;
} regions[MK_LIMIT_REGIONS] = {
    {"fd", "Flash Descriptor", "flashdescriptor"},
    {"bios", "BIOS", "bios"},
    {"me", "Intel ME", "intel_me"},
    {"gbe", "GbE", "gbe"},
    {"pd", "Platform Data", "platform_data"},
    {"devexp", "Device Exp1", "device_exp"},
    {"bios2", "Secondary BIOS", "bios2"},
    {"res7", "Reserved", "reserved"},
    {"ec", "EC", "ec"},
    {"devexp2", "Device Exp2", "device_exp"},
    {"ie", "IE", "ie"},
    {"10gbe_0", "10GbE_0", "10gbe0"},
    {"10gbe_1", "10GbE_1", "10gbe1"},
    {"res13", "Reserved", "reserved"},
    {"res14", "Reserved", "reserved"},
    {"ptt", "PTT", "ptt"},
};

static const char *const aliases[MK_LIMIT_REGIONS] = {
    [MK_REGION_FD] = "descriptor",
    [MK_REGION_PD] = "platform",
    [5] = "res1",
    [6] = "res2",
    [7] = "res3",
};

const char *mk_region_name(unsigned number) {
    return regions[number].name;
}

const char *mk_region_title(unsigned number) {
    return regions[number].title;
}

const char *mk_region_file(unsigned number) {
    return regions[number].file;
}

static bool is_called(unsigned number, const char *name) {
    const char *names[] = {regions[number].name, regions[number].title, aliases[number]};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] && strcasecmp(names[i], name) == 0)
            return true;
    return false;
}

int mk_region_find(const char *name) {
    for (unsigned i = 0; i < MK_LIMIT_REGIONS; i++)
        if (is_called(i, name))
            return (int)i;
    return -1;
}

/* Raw 0 is a used region of one block only in slot 0; in any other slot it is an unused region (Bay
 * Trail GbE). */
bool mk_region_decode(struct mk_span word, unsigned number, struct mk_region *region) {
    uint64_t base = mk_field_get(word, &mk_flreg_fields[MK_FLREG_BASE]);
    uint64_t limit = mk_field_get(word, &mk_flreg_fields[MK_FLREG_LIMIT]);
    region->raw = mk_span_u32(word, 0);
    region->base = (uint32_t)base;
    region->limit = (uint32_t)limit;
    region->used =
        base <= limit && base != UNUSED_BASE && (region->raw != 0 || number == MK_REGION_FD);
    region->start = region->used ? base << BLOCK_SHIFT : 0;
    region->end = region->used ? (limit + 1) << BLOCK_SHIFT : 0;
    return region->used;
}

uint64_t mk_descriptor_regions_end(const struct mk_descriptor *d) {
    uint64_t end = 0;
    for (unsigned i = 0; i < d->n_regions; i++)
        end = mk_max(end, d->regions[i].end);
    return end;
}

unsigned mk_descriptor_region_at(const struct mk_descriptor *d, uint64_t offset) {
    for (unsigned i = 0; i < d->n_regions; i++)
        if (offset >= d->regions[i].start && offset < d->regions[i].end)
            return i;
    return MK_NO_REGION;
}

uint32_t mk_region_encode(uint64_t start, uint64_t end) {
    return (uint32_t)(start >> BLOCK_SHIFT) | (uint32_t)((end - 1) >> BLOCK_SHIFT) << 16;
}

uint32_t mk_region_disabled(const struct mk_descriptor *d) {
    return d->platform->old_density ? 0x00001FFFu : 0x00007FFFu;
}
