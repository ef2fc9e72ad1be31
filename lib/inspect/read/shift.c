/* SPDX-License-Identifier: MIT */
#include "read.h"

#include <inttypes.h>
#include <mekit/base/arith.h>
#include <mekit/format/descriptor.h>
#include <mekit/format/fpt.h>
#include <mekit/format/layout.h>
#include <stdio.h>
#include <string.h>

#define PLACE     0x10u /* offset of the signature; 0 in the oldest descriptors */
#define REACH     64u   /* bytes by which a read may be shifted */
#define WORD      ((uint64_t)4)
#define FRBA      0x40u /* in every descriptor seen */
#define REGIONS   5u
#define LARGEST   0x100u /* blocks: no descriptor is so large */
#define UNIT_BITS ((uint64_t)8)

/* ---- the region table of a descriptor ---- */

/* Region 0 begins at 0, and all others after it, except a BIOS region that covers the whole flash.
 */
static bool is_region_table(struct mk_span s, uint64_t at) {
    struct mk_span table;
    struct mk_region first, other;
    unsigned used = 0;
    if (!mk_span_cut(s, at, REGIONS * WORD, &table) ||
        !mk_region_decode(mk_span_clip(table, 0, WORD), MK_REGION_FD, &first) ||
        (first.raw & 0xFFFF) != 0 || first.raw >> 16 >= LARGEST)
        return false;
    for (unsigned i = 1; i < REGIONS; i++) {
        if (!mk_region_decode(mk_span_clip(table, i * WORD, WORD), i, &other))
            continue;
        if (other.start < first.end && !(i == MK_REGION_BIOS && other.start == 0))
            return false;
        used++;
    }
    return used > 0;
}

bool mki_map_fits(struct mk_span s, uint64_t sig, uint64_t place) {
    struct mk_span map;
    if (!mk_span_cut(s, sig, 3 * WORD, &map))
        return false;
    uint64_t at = sig + (mk_field_get(map, &mk_map_fields[MK_MAP_FRBA]) << 4);
    return at >= place && is_region_table(s, at - place);
}

static uint64_t place_of(struct mk_span s, uint64_t sig) {
    uint64_t near = sig == 0 ? 0 : PLACE, far = PLACE - near;
    return !mki_map_fits(s, sig, near) && mki_map_fits(s, sig, far) ? far : near;
}

/* ---- how far the bytes are shifted ---- */

static bool shift_add(uint64_t found, uint64_t expected, struct mk_findings *f,
                      struct mk_error *e) {
    bool late = found > expected;
    uint64_t off = late ? found - expected : expected - found;
    uint64_t bytes = off / UNIT_BITS, bits = off % UNIT_BITS;
    char amount[60];
    if (bits == 0)
        snprintf(amount, sizeof amount, "%" PRIu64 " byte%s", bytes, bytes == 1 ? "" : "s");
    else if (bytes == 0)
        snprintf(amount, sizeof amount, "%" PRIu64 " bit%s", bits, bits == 1 ? "" : "s");
    else
        snprintf(amount, sizeof amount, "%" PRIu64 " bits", off);
    return mk_finding_add(f, MK_FINDING_SHIFTED_READ, found / UNIT_BITS, WORD, e,
                          "the data is %s too %s: the descriptor's signature is at 0x%" PRIx64
                          "%s, not at 0x%" PRIx64,
                          amount, late ? "late" : "early", found / UNIT_BITS,
                          bits ? " except for some bits" : "", expected / UNIT_BITS);
}

static bool is_at_bit(struct mk_span s, uint64_t bit) {
    struct mk_span place;
    uint64_t word = 0;
    if (!mk_span_cut(s, bit / UNIT_BITS, WORD + 1, &place))
        return false;
    for (unsigned i = 0; i <= WORD; i++)
        word = word << UNIT_BITS | mk_span_u8(place, i);
    return (uint32_t)(word >> (UNIT_BITS - bit % UNIT_BITS)) == 0x5AA5F00Fu;
}

static bool find_signature(struct mk_span s, uint64_t *bit) {
    for (*bit = 0; *bit <= (PLACE + REACH) * UNIT_BITS; ++*bit)
        if (is_at_bit(s, *bit))
            return true;
    return false;
}

/* Apollo and Gemini Lake have the firmware in the BIOS region. */
static bool has_firmware(struct mk_span s, uint64_t table, unsigned number, uint64_t missing) {
    struct mk_region region;
    struct mk_layout layout;
    if (!mk_region_decode(mk_span_clip(s, table + number * WORD, WORD), number, &region))
        return false;
    struct mk_span place = mk_span_clip(s, region.start - missing, region.end - region.start);
    return mk_fpt_find(place) >= 0 || mk_layout_read(place, &layout);
}

/* A descriptor without its signature is recognised by its regions and by the firmware inside them.
 */
static bool is_headless(struct mk_span s, uint64_t missing) {
    uint64_t table = FRBA - missing;
    return is_region_table(s, table) && (has_firmware(s, table, MK_REGION_ME, missing) ||
                                         has_firmware(s, table, MK_REGION_BIOS, missing));
}

static bool find_headless(struct mk_span s, struct mk_findings *f, struct mk_error *e) {
    for (uint64_t missing = 1; missing <= FRBA; missing++)
        if (is_headless(s, missing))
            return mk_finding_add(f, MK_FINDING_SHIFTED_READ, 0, 0, e,
                                  "the data is %" PRIu64 " byte%s too early: the start of the "
                                  "descriptor, with its signature, is missing",
                                  missing, missing == 1 ? "" : "s");
    return true;
}

bool mki_place_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    uint32_t sig;
    if (!mk_descriptor_is_at(bytes, &sig))
        return true;
    uint64_t place = place_of(bytes, sig);
    return place == sig || shift_add((uint64_t)sig * UNIT_BITS, place * UNIT_BITS, f, e);
}

bool mki_shift_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    uint64_t bit;
    uint32_t sig;
    if (mk_descriptor_is_at(bytes, &sig))
        return mki_place_inspect(bytes, f, e);
    if (!find_signature(bytes, &bit))
        return find_headless(bytes, f, e);
    bool between = bit % UNIT_BITS != 0;
    uint64_t place = between ? (bit < UNIT_BITS ? 0 : PLACE) : place_of(bytes, bit / 8);
    return bit > (place + REACH) * UNIT_BITS || shift_add(bit, place * UNIT_BITS, f, e);
}
