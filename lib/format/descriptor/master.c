/* SPDX-License-Identifier: MIT */
#include <mekit/format/platform.h>

#define ME_MASTER 1u
#define IE_MASTER 5u

static const char *const names[MK_LIMIT_MASTERS] = {"bios", "me", "gbe", "devexp", "ec", "ie"};

/* Bit positions in the word: masks of regions from 0 on, and of regions from 12 on. */
static const struct {
    unsigned read, write, bits, read_high, write_high;
} layouts[] = {
    [MK_ACCESS_V1] = {16, 24, 8, 0, 0},
    [MK_ACCESS_V2] = {8, 20, 12, 0, 0},
    [MK_ACCESS_V2_EXTENDED] = {8, 20, 12, 0, 4},
};

const char *mk_master_name(unsigned index) {
    return names[index];
}

static uint16_t mask_of(uint32_t raw, enum mk_access access, unsigned low, unsigned high) {
    uint32_t mask = raw >> low & ((1u << layouts[access].bits) - 1);
    if (access == MK_ACCESS_V2_EXTENDED)
        mask |= (raw >> high & 0xFu) << 12;
    return (uint16_t)mask;
}

void mk_master_decode(const struct mk_descriptor *d, struct mk_master *master) {
    enum mk_access access = d->platform->access;
    master->read = mask_of(master->raw, access, layouts[access].read, layouts[access].read_high);
    master->write = mask_of(master->raw, access, layouts[access].write, layouts[access].write_high);
}

static uint32_t place_mask(uint32_t raw, enum mk_access access, unsigned low, unsigned high,
                           uint16_t mask) {
    uint32_t room = (1u << layouts[access].bits) - 1;
    raw = (raw & ~(room << low)) | (mask & room) << low;
    if (access == MK_ACCESS_V2_EXTENDED)
        raw = (raw & ~(0xFu << high)) | (uint32_t)mask >> 12 << high;
    return raw;
}

uint32_t mk_master_encode(enum mk_access access, uint32_t raw, uint16_t read, uint16_t write) {
    raw = place_mask(raw, access, layouts[access].read, layouts[access].read_high, read);
    return place_mask(raw, access, layouts[access].write, layouts[access].write_high, write);
}

static bool is_master(const struct mk_descriptor *d, unsigned index) {
    bool may_be_absent = d->version == 1 || (index == IE_MASTER && d->nm != MK_SERVER_NM);
    return d->masters[index].present && !(may_be_absent && d->masters[index].raw == UINT32_MAX);
}

bool mk_master_is_open(const struct mk_descriptor *d, unsigned index) {
    const unsigned guarded = 1u << MK_REGION_FD | 1u << MK_REGION_ME;
    return index != ME_MASTER && is_master(d, index) && (d->masters[index].write & guarded) != 0;
}

bool mk_descriptor_is_locked(const struct mk_descriptor *d) {
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++)
        if (mk_master_is_open(d, i))
            return false;
    return true;
}
