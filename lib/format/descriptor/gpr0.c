/* SPDX-License-Identifier: MIT */
#include <mekit/format/platform.h>

#include <string.h>

#define DWORD       4u
#define BLOCK_SHIFT 12
#define FIELD       0x7FFFu
#define END_SHIFT   16
#define READ_BIT    (1u << 15)
#define WRITE_BIT   (1u << 31)

/* The strap numbers are those of ifdtool. */
static const struct {
    const char *platform;
    uint32_t strap;
} places[] = {
    {"cnl", 0x10}, {"jsl", 0x12}, {"tgl", 0x15}, {"adl", 0x15},
    {"mtl", 0x40}, {"ptl", 0x76}, {"nvl", 0x3C},
};

static bool find_word(const struct mk_descriptor *d, struct mk_gpr0 *gpr0) {
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].platform, d->platform->name) == 0) {
            gpr0->strap = places[i].strap;
            return mk_descriptor_pch_strap(d, gpr0->strap * DWORD, &gpr0->raw, &gpr0->at);
        }
    return false;
}

bool mk_gpr0_read(const struct mk_descriptor *d, struct mk_gpr0 *gpr0) {
    uint64_t capacity = mk_descriptor_capacity(d);
    *gpr0 = (struct mk_gpr0){.raw = 0};
    if (!find_word(d, gpr0))
        return false;
    gpr0->read_protected = gpr0->raw & READ_BIT;
    gpr0->write_protected = gpr0->raw & WRITE_BIT;
    gpr0->start = (uint64_t)(gpr0->raw & FIELD) << BLOCK_SHIFT;
    gpr0->end = ((uint64_t)(gpr0->raw >> END_SHIFT & FIELD) + 1) << BLOCK_SHIFT;
    return (gpr0->read_protected || gpr0->write_protected) && gpr0->start < gpr0->end &&
           (capacity == 0 || gpr0->end <= capacity);
}

const char *mk_gpr0_what(const struct mk_gpr0 *gpr0) {
    if (!gpr0->read_protected)
        return "write-protects";
    return gpr0->write_protected ? "protects from reads and writes" : "read-protects";
}
