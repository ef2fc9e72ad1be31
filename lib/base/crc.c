#include <mekit/base/crc.h>

#include <zlib.h>

#define FIELD 4u

/* zlib takes a missing buffer for the start of a new CRC. */
static uLong add(uLong crc, struct mk_span s) {
    return s.n > 0 ? crc32_z(crc, s.p, s.n) : crc;
}

uint32_t mk_crc32_without(struct mk_span s, uint64_t field) {
    static const Bytef zero[FIELD];
    uLong crc = add(crc32_z(0, NULL, 0), mk_span_clip(s, 0, field));
    crc = crc32_z(crc, zero, FIELD);
    return (uint32_t)add(crc, mk_span_clip(s, field + FIELD, s.n));
}
