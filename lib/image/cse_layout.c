#include "cse_layout.h"

#define POINTERS              6u
#define LAYOUT_16_POINTERS    0x10u
#define LAYOUT_17_POINTERS    0x18u
#define LAYOUT_17_SIZE_AT     0x10u
#define LAYOUT_17_RESERVED_AT 0x13u

static bool is_boot_table(struct mk_span s, uint64_t at) {
    return mk_span_has(s, at, "\xAA\x55\x00\x00", 4) || mk_span_has(s, at, "\xAA\x55\xAA\x00", 4);
}

/* Neither table has a tag: what its pointers hit tells. pointers: {offset, size} of data, BP1, ...
 */
static bool points_to_firmware(struct mk_span region, uint64_t pointers) {
    struct mk_span table;
    if (!mk_span_cut(region, pointers, 8 * POINTERS, &table))
        return false;
    uint32_t data = mk_span_u32(table, 0), boot = mk_span_u32(table, 8);
    bool has_data = data != 0 && mk_span_has(region, data, "$FPT", 4);
    return has_data || (boot != 0 && is_boot_table(region, boot));
}

static bool is_layout_17(struct mk_span region) {
    struct mk_span head;
    if (!mk_span_cut(region, LAYOUT_17_SIZE_AT, 4, &head) ||
        mk_span_u8(region, LAYOUT_17_RESERVED_AT) != 0)
        return false;
    uint16_t size = mk_span_u16(head, 0);
    return (size == 0x40 || size == 0x48) && points_to_firmware(region, LAYOUT_17_POINTERS);
}

bool cse_layout_is_at(struct mk_span region) {
    return is_boot_table(region, 0) || is_layout_17(region) ||
           points_to_firmware(region, LAYOUT_16_POINTERS);
}
