/* SPDX-License-Identifier: MIT */
#include "read.h"

#include <mekit/format/descriptor.h>
#include <stdio.h>

#define PLACE 0x10u /* offset of the signature; 0 in the oldest descriptors */
#define WORD  4u
#define HEAD  0x60u /* bytes that hold the signature, the map and the table of regions */
#define LINES 8u

/* How the chip's bytes are arranged in the file. */
struct order {
    unsigned bytes;      /* byte i of the chip is at i ^ bytes */
    uint8_t invert;      /* these bits are inverted */
    uint8_t line[LINES]; /* line i of the chip is in this bit */
};
#define AS_THEY_ARE                                                                                \
    { 0, 1, 2, 3, 4, 5, 6, 7 }

static const struct {
    struct order order;
    const char *what;
} orders[] = {
    {{1, 0, AS_THEY_ARE}, "the two bytes of each 16-bit word are in the wrong order"},
    {{3, 0, AS_THEY_ARE}, "the four bytes of each 32-bit word are in the wrong order"},
    {{2, 0, AS_THEY_ARE}, "the two halves of each 32-bit word are in the wrong order"},
    {{7, 0, AS_THEY_ARE}, "the eight bytes of each 64-bit word are in the wrong order"},
    {{0, 0xFF, AS_THEY_ARE}, "every bit is inverted"},
    {{0, 0, {7, 6, 5, 4, 3, 2, 1, 0}}, "the eight bits of each byte are in the wrong order"},
    {{0, 0, {4, 5, 6, 7, 0, 1, 2, 3}}, "the two halves of each byte are in the wrong order"},
};

static uint8_t byte_of(const struct order *order, unsigned value) {
    unsigned byte = 0;
    for (unsigned i = 0; i < LINES; i++)
        byte |= (value >> order->line[i] & 1) << i;
    return (uint8_t)(byte ^ order->invert);
}

/* The start of the chip, assuming that the bytes have that order. */
static struct mk_span head_of(struct mk_span s, const struct order *order, uint8_t head[HEAD]) {
    for (unsigned i = 0; i < HEAD; i++)
        head[i] = byte_of(order, mk_span_u8(s, i ^ order->bytes));
    return mk_span_of(head, HEAD);
}

static bool swap_add(const char *what, uint64_t place, bool bits, struct mk_findings *f,
                     struct mk_error *e) {
    if (!mk_finding_add(f, MK_FINDING_BYTE_SWAPPED, place, WORD, e,
                        "%s: undoing that gives the descriptor's signature", what))
        return false;
    if (bits)
        f->list[f->n - 1].next = "Check the wires and the programmer, then read again.";
    return true;
}

/* Inverting the signature gives the same bytes as swapping its bytes: only the map after it shows
 * which of the two happened. */
static bool leads_on(struct mk_span s, const struct order *order, uint32_t *place) {
    uint8_t head[HEAD];
    struct mk_span span = head_of(s, order, head);
    return mk_descriptor_is_at(span, place) && mki_map_fits(span, *place, *place);
}

static bool find_lines(struct mk_span s, struct mk_findings *f, struct mk_error *e) {
    char what[60];
    uint32_t place;
    for (unsigned i = 0; i < LINES; i++)
        for (unsigned k = i + 1; k < LINES; k++) {
            struct order order = {0, 0, AS_THEY_ARE};
            order.line[i] = (uint8_t)k;
            order.line[k] = (uint8_t)i;
            if (!leads_on(s, &order, &place))
                continue;
            snprintf(what, sizeof what, "data lines %u and %u are swapped", i, k);
            return swap_add(what, place, true, f, e);
        }
    return true;
}

/* If the map leads nowhere, the signature alone still shows swapped bytes. */
static bool find_signature(struct mk_span s, struct mk_findings *f, struct mk_error *e) {
    uint8_t head[HEAD];
    uint32_t place;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i].order.bytes != 0 &&
            mk_descriptor_is_at(head_of(s, &orders[i].order, head), &place))
            return swap_add(orders[i].what, place, false, f, e);
    return true;
}

/* A file with a descriptor's signature has no swapped bytes: its damage is another one. */
bool mki_swap_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    uint32_t place;
    size_t before = f->n;
    if (bytes.n < HEAD || mk_descriptor_is_at(bytes, &place))
        return true;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (leads_on(bytes, &orders[i].order, &place))
            return swap_add(orders[i].what, place, orders[i].order.bytes == 0, f, e);
    return find_lines(bytes, f, e) && (f->n > before || find_signature(bytes, f, e));
}
