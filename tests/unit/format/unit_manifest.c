/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/base/limit.h>
#include <mekit/format/key.h>
#include <mekit/format/manifest.h>
#include <string.h>

TestSuite(manifest, .fini = check_leaks);
TestSuite(key, .fini = check_leaks);

#define AT   0x9000u /* offset of the manifest in its file */
#define ROOM 0x600u

static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};

static struct mk_span span_of(size_t n) {
    return (struct mk_span){.p = bytes, .n = n, .at = AT};
}

static void put(uint64_t at, unsigned width, uint64_t value) {
    cr_assert(mk_buffer_uint(b, at, width, value));
}

/* key: bytes of the modulus; size: of the manifest. Bytes outside of fields count up. */
static void make(const char *tag, unsigned key, unsigned size) {
    for (unsigned i = 0; i < ROOM; i++)
        bytes[i] = (uint8_t)(i + i / 256 + 1);
    put(0x00, 2, 4);
    put(0x04, 4, (0x84 + 2 * key) / 4);
    put(0x0C, 4, 0x80000001);
    put(0x10, 4, 0x8086);
    put(0x14, 4, 0x20231130);
    put(0x18, 4, size / 4);
    mk_buffer_put(b, 0x1C, tag, 4);
    put(0x20, 4, 0x12345678);
    put(0x24, 2, 11);
    put(0x26, 2, 8);
    put(0x28, 2, 92);
    put(0x2A, 2, 4222);
    put(0x2C, 4, 0xFFEEDDCC);
    put(0x78, 4, key / 4);
    put(0x7C, 4, 1);
}

static struct mk_manifest read(size_t n) {
    struct mk_manifest m;
    struct mk_error e = {0};
    cr_assert(mk_manifest_read(span_of(n), &m, &e), "%s", e.what);
    return m;
}

static void refused(size_t n, enum mk_code code, uint64_t at, uint64_t got, uint64_t limit) {
    struct mk_manifest m;
    struct mk_error e = {0};
    cr_assert_not(mk_manifest_read(span_of(n), &m, &e), "%zu bytes", n);
    cr_assert(e.code == code && e.offset == AT + at, "%s at %x", e.what, (unsigned)e.offset);
    cr_assert(e.got == got && e.limit == limit, "%s", e.what);
}

static bool lies_at(struct mk_span s, unsigned at, unsigned n) {
    return s.p == bytes + at && s.n == n && s.at == AT + at;
}

Test(manifest, every_part_is_at_its_place) {
    for (unsigned key = 0x100; key <= 0x180; key += 0x80) {
        unsigned header = 0x84 + 2 * key;
        make("$MN2", key, header + 0x40);
        struct mk_manifest m = read(ROOM);
        cr_assert(lies_at(m.bytes, 0, header + 0x40) && lies_at(m.body, header, 0x40));
        cr_assert(lies_at(m.modulus, 0x80, key) && lies_at(m.key_bytes, 0x80, key + 4));
        cr_assert(lies_at(m.signature, 0x84 + key, key));
        cr_assert_eq(m.exponent, mk_span_u32(span_of(ROOM), 0x80 + key));
        cr_assert_eq(m.key_bits, 8 * key);
        cr_assert(!m.sha1 && !m.is_unsigned && m.n_modules == 0x12345678);
        cr_assert(m.version.major == 11 && m.version.minor == 8);
        cr_assert(m.version.hotfix == 92 && m.version.build == 4222);
        cr_assert(m.flags == 0x80000001 && m.vendor == 0x8086 && m.svn == 0xFFEEDDCC);
        cr_assert_eq(m.date, 0x20231130);
        make("$MAN", key, header);
        m = read(header);
        cr_assert(m.sha1 && m.body.n == 0 && m.bytes.n == header);
    }
}

Test(manifest, has_one_of_two_tags) {
    static const struct {
        const char *tag;
        bool known;
    } cases[] = {{"$MN2", true}, {"$MAN", true}, {"$MN1", false}, {"$MA2", false}, {"$MNX", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make(cases[i].tag, 0x100, 0x300);
        cr_assert_eq(mk_manifest_is_at(span_of(ROOM)), cases[i].known, "%s", cases[i].tag);
        cr_assert_eq(mk_manifest_is_at(span_of(0x20)), cases[i].known, "%s", cases[i].tag);
        cr_assert_not(mk_manifest_is_at(span_of(0x1F)));
        if (!cases[i].known)
            refused(ROOM, MK_E_TAG, 0x1C, 0, 0);
    }
}

Test(manifest, lengths_that_cannot_be) {
    static const struct {
        unsigned at;
        uint32_t value;
        enum mk_code code;
        uint64_t got, limit;
    } cases[] = {
        {0x78, 0x3F, MK_E_FIELD, 0x3F, 0x40},
        {0x78, 0x41, MK_E_FIELD, 0x41, 0x40},
        {0x78, 0x5F, MK_E_FIELD, 0x5F, 0x40},
        {0x78, 0x61, MK_E_FIELD, 0x61, 0x40},
        {0x78, 0, MK_E_FIELD, 0, 0x40},
        {0x7C, 0, MK_E_FIELD, 0, 1},
        {0x7C, 2, MK_E_FIELD, 2, 1},
        {0x04, 0xA0, MK_E_FIELD, 0x280, 0x284},
        {0x04, 0xA2, MK_E_FIELD, 0x288, 0x284},
        {0x04, 0x400000A1, MK_E_FIELD, UINT64_C(0x100000284), 0x284},
        {0x18, 0xA0, MK_E_FIELD, 0x280, 0x284},
        {0x18, 0, MK_E_FIELD, 0, 0x284},
        {0x18, 0x181, MK_E_RANGE, 0x604, 0x600},
        {0x18, 0x400000A1, MK_E_RANGE, UINT64_C(0x100000284), 0x600},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make("$MN2", 0x100, 0x300);
        put(cases[i].at, 4, cases[i].value);
        refused(ROOM, cases[i].code, cases[i].at, cases[i].got, cases[i].limit);
    }
    make("$MN2", 0x100, 0x284);
    cr_assert_eq(read(0x284).bytes.n, 0x284, "nothing but the header");
    make("$MN2", 0x100, ROOM);
    cr_assert_eq(read(ROOM).bytes.n, ROOM, "all there is");
}

Test(manifest, has_64_kib_at_the_most) {
    static uint8_t large[MK_LIMIT_MANIFEST + 4];
    const struct mk_span all = mk_span_of(large, sizeof large);
    struct mk_manifest m;
    struct mk_error e = {0};
    make("$MN2", 0x100, MK_LIMIT_MANIFEST);
    memcpy(large, bytes, sizeof bytes);
    cr_assert(mk_manifest_read(all, &m, &e), "%s", e.what);
    cr_assert_eq(m.bytes.n, MK_LIMIT_MANIFEST);
    make("$MN2", 0x100, MK_LIMIT_MANIFEST + 4);
    memcpy(large, bytes, sizeof bytes);
    cr_assert_not(mk_manifest_read(all, &m, &e));
    cr_assert(e.code == MK_E_FIELD && e.offset == 0x18);
    cr_assert(e.got == MK_LIMIT_MANIFEST + 4 && e.limit == MK_LIMIT_MANIFEST);
}

Test(manifest, is_cut_off) {
    make("$MN2", 0x100, 0x300);
    for (size_t n = 0; n < 0x300; n++)
        if (n < 0x20)
            refused(n, MK_E_TAG, 0x1C, 0, 0);
        else if (n < 0x80)
            refused(n, MK_E_TRUNCATED, n, 0, 0);
        else
            refused(n, MK_E_RANGE, 0x18, 0x300, n);
}

Test(manifest, is_unsigned_if_key_and_signature_are_zero) {
    make("$MN2", 0x100, 0x300);
    memset(bytes + 0x80, 0, 0x204);
    cr_assert(read(ROOM).is_unsigned);
    static const unsigned places[] = {0x80, 0x17F, 0x180, 0x183, 0x184, 0x283};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bytes[places[i]] = 1;
        cr_assert_not(read(ROOM).is_unsigned, "byte %x", places[i]);
        bytes[places[i]] = 0;
    }
    bytes[0x7F] = 0, bytes[0x284] = 1;
    cr_assert(read(ROOM).is_unsigned);
}

static void put_tag(unsigned at, const char *tag, uint32_t dwords) {
    mk_buffer_put(b, at, tag, 4);
    put(at + 4, 4, dwords);
}

Test(manifest, tags_follow_each_other) {
    make("$MN2", 0x100, 0x340);
    put_tag(0x300, "$UDC", 4);
    put_tag(0x310, "$SKU", 2);
    put_tag(0x318, "$MCP", 10);
    struct mk_manifest m = read(ROOM);
    struct mk_span out = {.n = 77};
    cr_assert(mk_manifest_tag_find(&m, 0x300, "$UDC", &out) && lies_at(out, 0x300, 0x10));
    cr_assert(mk_manifest_tag_find(&m, 0x300, "$SKU", &out) && lies_at(out, 0x310, 8));
    cr_assert(mk_manifest_tag_find(&m, 0x300, "$MCP", &out) && lies_at(out, 0x318, 0x28));
    cr_assert(mk_manifest_tag_find(&m, 0x318, "$MCP", &out) && lies_at(out, 0x318, 0x28));
    cr_assert_not(mk_manifest_tag_find(&m, 0x318, "$SKU", &out), "it stands before");
    cr_assert_not(mk_manifest_tag_find(&m, 0x300, "$XYZ", &out));
    cr_assert_not(mk_manifest_tag_find(&m, 0x300, "$SKX", &out), "nearly the tag");
    cr_assert_not(mk_manifest_tag_find(&m, 0x340, "$SKU", &out));
    cr_assert_not(mk_manifest_tag_find(&m, UINT64_MAX, "$SKU", &out));
    cr_assert(lies_at(out, 0x318, 0x28), "what is not found leaves its target alone");
    put_tag(0x318, "$MCP", 8);
    put_tag(0x338, "$END", 2);
    cr_assert(mk_manifest_tag_find(&m, 0x300, "$END", &out) && lies_at(out, 0x338, 8));
}

Test(manifest, a_tag_that_cannot_be_ends_the_search) {
    static const struct {
        const char *tag;
        uint32_t dwords;
        bool first, second;
    } cases[] = {
        {"$UDC", 2, true, true},   {"$UDC", 0, false, false},  {"$UDC", 1, false, false},
        {"$UDC", 16, true, false}, {"$UDC", 17, false, false}, {"$UDC", UINT32_MAX, false, false},
        {"!UDC", 2, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mk_span out;
        make("$MN2", 0x100, 0x340);
        put_tag(0x300, cases[i].tag, cases[i].dwords);
        put_tag(0x308, "$SKU", 14);
        struct mk_manifest m = read(ROOM);
        cr_assert_eq(mk_manifest_tag_find(&m, 0x300, cases[i].tag, &out), cases[i].first,
                     "case %zu", i);
        cr_assert_eq(mk_manifest_tag_find(&m, 0x300, "$SKU", &out), cases[i].second, "case %zu", i);
        put(0x30C, 4, 15);
        cr_assert_not(mk_manifest_tag_find(&m, 0x300, "$SKU", &out), "it reaches beyond");
    }
}

Test(manifest, versions_as_text) {
    char out[MK_VERSION_ROOM];
    cr_assert_str_eq(mk_version_text((struct mk_version){8, 0, 20, 1513}, out), "8.0.20.1513");
    cr_assert_str_eq(mk_version_text((struct mk_version){65535, 65535, 65535, 65535}, out),
                     "65535.65535.65535.65535");
}

static bool is_hex(const char *text, size_t n) {
    return strlen(text) == n && strspn(text, "0123456789abcdef") == n;
}

Test(key, every_key_is_found_by_its_hash) {
    cr_assert_gt(mk_known_key_count, 50);
    for (size_t i = 0; i < mk_known_key_count; i++) {
        const struct mk_known_key *key = &mk_known_keys[i];
        cr_assert(is_hex(key->sha256, 64) && (*key->md5 == '\0' || is_hex(key->md5, 32)), "%zu", i);
        cr_assert_eq(mk_key_find(key->sha256), key, "key %zu", i);
        bool server = strcmp(key->variant, "SPS") == 0 || strcmp(key->variant, "CSSPS") == 0;
        cr_assert_eq(mk_key_is_sps(key), server, "%s", key->variant);
    }
    cr_assert_null(mk_key_find(""));
    cr_assert_null(mk_key_find("00"));
    cr_assert_not(mk_key_is_sps(NULL));
    cr_assert(mk_key_is_sps(&(struct mk_known_key){.variant = "SPS"}));
    cr_assert(mk_key_is_sps(&(struct mk_known_key){.variant = "CSSPS"}));
    cr_assert_not(mk_key_is_sps(&(struct mk_known_key){.variant = "CSME"}));
}
