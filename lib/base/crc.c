/* SPDX-License-Identifier: MIT */
#include <mekit/base/crc.h>

#include <zlib.h>

#define FIELD 4u

/* zlib starts a new CRC if the buffer is NULL. */
static uLong add(uLong crc, struct mk_span s) {
    return s.n > 0 ? crc32_z(crc, s.p, s.n) : crc;
}

uint32_t mk_crc32(struct mk_span s) {
    return (uint32_t)add(crc32_z(0, NULL, 0), s);
}

uint32_t mk_crc32_without(struct mk_span s, uint64_t field) {
    static const Bytef zero[FIELD];
    uLong crc = add(crc32_z(0, NULL, 0), mk_span_clip(s, 0, field));
    crc = crc32_z(crc, zero, FIELD);
    return (uint32_t)add(crc, mk_span_clip(s, field + FIELD, s.n));
}

/* Takes four bits at a time: a table of 32 bytes is as fast here as one of 512. */
static uint16_t add_nibble(uint16_t crc, unsigned nibble) {
    static const uint16_t table[] = {0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5,
                                     0x60C6, 0x70E7, 0x8108, 0x9129, 0xA14A, 0xB16B,
                                     0xC18C, 0xD1AD, 0xE1CE, 0xF1EF};
    return (uint16_t)(crc << 4 ^ table[(crc >> 12 ^ nibble) & 15]);
}

uint16_t mk_crc16(uint16_t crc, struct mk_span s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned byte = mk_span_u8(s, i);
        crc = add_nibble(add_nibble(crc, byte >> 4), byte & 15);
    }
    return crc;
}

uint8_t mk_crc8(uint8_t crc, struct mk_span s) {
    for (size_t i = 0; i < s.n; i++) {
        crc ^= mk_span_u8(s, i);
        for (unsigned bit = 0; bit < 8; bit++)
            crc = (uint8_t)(crc << 1 ^ (crc & 0x80 ? 0x07 : 0));
    }
    return crc;
}
