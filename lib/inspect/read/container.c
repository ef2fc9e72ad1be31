/* SPDX-License-Identifier: MIT */
#include "read.h"

#include <stdio.h>

#define GUID_SIZE 16u

/* Tags of formats from their own specifications; GUIDs of capsules from UEFITool. */
static const struct look {
    uint32_t offset;
    const char *bytes;
    uint32_t n;
    enum mk_finding_id id;
    const char *what;
} looks[] = {
#define PACKED(offset, bytes, what)                                                                \
    { offset, bytes, sizeof(bytes) - 1, MK_FINDING_PACKED, what }
#define UPDATE(offset, bytes, what)                                                                \
    { offset, bytes, sizeof(bytes) - 1, MK_FINDING_NOT_A_DUMP, what }
    PACKED(0, "PK\x03\x04", "a zip archive"),
    PACKED(0, "PK\x05\x06", "an empty zip archive"),
    PACKED(0, "PK\x07\x08", "a part of a zip archive"),
    PACKED(0, "7z\xBC\xAF\x27\x1C", "a 7z archive"),
    PACKED(0, "Rar!\x1A\x07", "a rar archive"),
    PACKED(0, "\x28\xB5\x2F\xFD", "packed with zstd"),
    PACKED(0, "\x04\x22\x4D\x18", "packed with lz4"),
    PACKED(0, "\x02\x21\x4C\x18", "packed with lz4"),
    PACKED(0, "MSCF\0\0\0\0", "a cab archive"),
    PACKED(0, "LZIP\x01", "packed with lzip"),
    PACKED(0, "\x89LZO\0\r\n\x1A\n", "packed with lzop"),
    PACKED(0, "\x1F\x9D", "packed with compress"),
    PACKED(2, "-lh5-", "an lha archive"),
    PACKED(257, "ustar", "a tar archive"),
    UPDATE(0, "\xBD\x86\x66\x3B\x76\x0D\x30\x40\xB7\x0E\xB5\x51\x9E\x2F\xC5\xA0", "an EFI capsule"),
    UPDATE(0, "\xB9\x82\x91\x53\xB5\xAB\x91\x43\xB6\x9A\xE3\xA9\x43\xF7\x2F\xCC",
           "Intel's EFI capsule"),
    UPDATE(0, "\xD3\xAF\x0B\xE2\x14\x99\x4F\x4F\x95\x37\x31\x29\xE0\x90\xEB\x3C",
           "Lenovo's EFI capsule"),
    UPDATE(0, "\x76\xFE\xB5\x25\x43\x82\x5C\x4A\xA9\xBD\x7E\xE3\x24\x61\x98\xB5",
           "Lenovo's EFI capsule"),
    UPDATE(0, "\x62\x70\xE0\x3B\x51\x1D\xD2\x45\x83\x2B\xF0\x93\x25\x7E\xD4\x61",
           "Toshiba's EFI capsule"),
    UPDATE(0, "\x8B\xA6\x3C\x4A\x23\x77\xFB\x48\x80\x3D\x57\x8C\xC1\xFE\xC4\x4D",
           "AMI's signed EFI capsule"),
    UPDATE(0, "\x90\xBB\xEE\x14\x0A\x89\xDB\x43\xAE\xD1\x5D\x3C\x45\x88\xA4\x18",
           "AMI's EFI capsule"),
    UPDATE(0, "\xED\xD5\xCB\x6D\x2D\xE8\x44\x4C\xBD\xA1\x71\x94\x19\x9A\xD9\x2A",
           "an EFI capsule for firmware management"),
    UPDATE(0, "UM\xC9M", "Fujitsu's update"),
    UPDATE(0, "PFS.HDR.", "Dell's update"),
    UPDATE(0, "$RBU", "Dell's update"),
    UPDATE(0, "@UAF", "AMI's update"),
    UPDATE(0, "@HPU", "AMI's update"),
    UPDATE(8, "_AMIPFAT", "AMI's BIOS Guard update"),
    UPDATE(0, "$_IFLASH_", "Insyde's update"),
    UPDATE(0,
           "\x7F"
           "ELF",
           "a program"),
};

/* "BZh", the block size, and pi. */
static bool is_bzip2(struct mk_span s) {
    return mk_span_has(s, 0, "BZh", 3) &&
           (mk_span_has(s, 4, "1AY&SY", 6) || mk_span_has(s, 4, "\x17\x72\x45\x38\x50\x90", 6));
}

/* A DOS header that leads to a PE header. */
static bool is_program(struct mk_span s) {
    struct mk_span field;
    return mk_span_has(s, 0, "MZ", 2) && mk_span_cut(s, 0x3C, 4, &field) &&
           mk_span_has(s, mk_span_u32(field, 0), "PE\0\0", 4);
}

/* EFI_CAPSULE_HEADER with any GUID (UEFI 2.10, 8.5.3): its sizes are possible and give this file's
 * size. */
static bool is_capsule(struct mk_span s) {
    struct mk_span header;
    if (!mk_span_cut(s, GUID_SIZE, 12, &header))
        return false;
    uint32_t size = mk_span_u32(header, 0), flags = mk_span_u32(header, 4);
    return size >= GUID_SIZE + 12 && size <= 0x10000 && size < s.n && flags >> 19 == 0 &&
           flags >> 16 != 0 && mk_span_u32(header, 8) == s.n;
}

/* A bare LZMA stream: properties, a dictionary of 2^n or 3 * 2^n bytes, the size or all ones, a
 * zero. */
static bool is_lzma(struct mk_span s) {
    struct mk_span header;
    if (!mk_span_has(s, 0, "\x5D", 1) || !mk_span_cut(s, 0, 14, &header))
        return false;
    uint32_t dictionary = mk_span_u32(header, 1), low = mk_span_u32(header, 5);
    uint32_t high = mk_span_u32(header, 9);
    uint32_t rest = dictionary & (dictionary - 1);
    bool sized = high == 0 || (high == UINT32_MAX && low == UINT32_MAX);
    bool even = rest == 0 || (rest & (rest - 1)) == 0;
    return dictionary >= 0x1000 && even && sized && mk_span_u8(header, 13) == 0;
}

/* n bits from bit at on, the lowest first, as in deflate. */
static unsigned bits_of(struct mk_span s, uint64_t at, unsigned n) {
    unsigned value = 0;
    for (unsigned i = 0; i < n; i++)
        value |= ((unsigned)mk_span_u8(s, (at + i) / 8) >> (at + i) % 8 & 1u) << i;
    return value;
}

/* RFC 1950 and 1951: a header with a right checksum, then a block with dynamic codes whose code for
 * code lengths is complete. */
static bool is_zlib(struct mk_span bytes) {
    struct mk_span s;
    if (!mk_span_cut(bytes, 0, 32, &s))
        return false;
    unsigned head = mk_span_u8(s, 0), lengths = bits_of(s, 29, 4) + 4, filled = 0;
    if ((head & 0x8F) != 0x08 || (head << 8 | mk_span_u8(s, 1)) % 31 != 0 ||
        bits_of(s, 17, 2) != 2 || bits_of(s, 19, 5) > 29 || bits_of(s, 24, 5) > 29)
        return false;
    for (unsigned i = 0; i < lengths; i++) {
        unsigned length = bits_of(s, 33 + 3 * i, 3);
        filled += length ? 0x80u >> length : 0;
    }
    return filled == 0x80;
}

static struct look recognise(struct mk_span s) {
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (mk_span_has(s, looks[i].offset, looks[i].bytes, looks[i].n))
            return looks[i];
    if (is_bzip2(s))
        return (struct look){.id = MK_FINDING_PACKED, .what = "packed with bzip2"};
    if (is_lzma(s))
        return (struct look){.id = MK_FINDING_PACKED, .what = "packed with lzma"};
    if (is_zlib(s))
        return (struct look){.id = MK_FINDING_PACKED, .what = "packed with zlib"};
    if (is_program(s))
        return (struct look){.id = MK_FINDING_NOT_A_DUMP, .what = "a program for Windows"};
    if (is_capsule(s))
        return (struct look){.id = MK_FINDING_NOT_A_DUMP, .what = "an EFI capsule"};
    return (struct look){.id = MK_FINDING_COUNT};
}

bool mki_containers_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    struct inside inside;
    struct look look = recognise(bytes);
    char what[80];
    if (look.id == MK_FINDING_COUNT)
        return true;
    snprintf(what, sizeof what, "the file is %s", look.what);
    if (look.id == MK_FINDING_PACKED)
        return mk_finding_add(f, look.id, 0, bytes.n, e, "%s", what);
    return mki_inside_find(bytes, &inside, e) && mki_inside_add(&inside, what, f, e);
}
