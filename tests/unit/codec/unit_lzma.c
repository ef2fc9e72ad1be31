/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <forge/build.h>
#include <mekit/codec/lzma.h>
#include <string.h>

TestSuite(lzma, .fini = check_leaks);

#define ROOM       0x12000u
#define SMALL      0x60u
#define DICTIONARY 1u /* 4 bytes, of which a larger value changes nothing */
#define SIZE_AT    5u
#define HEADER     13u

struct stream {
    uint8_t plain[ROOM], stored[ROOM + 0x1000], out[ROOM];
    size_t n, used;
};
static struct stream s;

static void make(size_t n, bool extra, bool compressible) {
    s.n = n;
    if (compressible)
        forge_code_fill(s.plain, n, "unit_lzma");
    else
        forge_random_fill((struct mk_buffer){s.plain, n}, 0, n, "unit_lzma");
    s.used = forge_lzma(s.plain, n, extra, s.stored, sizeof s.stored);
    cr_assert_gt(s.used, HEADER);
}

static bool unpack(size_t stored, size_t n, enum mk_code *code) {
    struct mk_error e = {0};
    memset(s.out, 0xA5, sizeof s.out);
    bool done = mk_lzma_unpack(mk_span_of(s.stored, stored), s.out, n, &e);
    cr_assert(done || (e.code != MK_OK && e.what[0]), "a failure says why");
    if (code)
        *code = e.code;
    return done;
}

static bool is_plain(void) {
    return memcmp(s.out, s.plain, s.n) == 0;
}

Test(lzma, what_the_forge_packs_unpacks) {
    static const size_t sizes[] = {1, 2, 0x3FF, 0x1000, 0x1800, 0x10001};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int k = 0; k < 4; k++) {
            make(sizes[i], k & 1, k & 2);
            cr_assert(mk_lzma_is_at(mk_span_of(s.stored, s.used)));
            cr_assert_eq(mk_lzma_size(mk_span_of(s.stored, s.used)), s.n);
            cr_assert(unpack(s.used, s.n, NULL), "%zu bytes, %d", s.n, k);
            cr_assert(is_plain());
            cr_assert_eq(s.out[s.n], 0xA5, "nothing behind the end is written");
        }
}

Test(lzma, bytes_that_are_no_stream_are_reported) {
    make(SMALL, false, true);
    cr_assert_not(mk_lzma_is_at(mk_span_of(s.stored, 18)), "too short for the range coder");
    cr_assert_eq(mk_lzma_size(mk_span_of(s.stored, HEADER - 1)), 0);
    s.stored[0] = 0x5D;
    cr_assert(mk_lzma_is_at(mk_span_of(s.stored, s.used)));
    s.stored[0] = 0x5E;
    cr_assert_not(mk_lzma_is_at(mk_span_of(s.stored, s.used)));
}

Test(lzma, no_truncated_stream_unpacks) {
    for (int extra = 0; extra < 2; extra++) {
        make(SMALL, extra, true);
        for (size_t n = 0; n < s.used; n++) {
            enum mk_code code;
            cr_assert_not(unpack(n, s.n, &code), "%zu of %zu bytes", n, s.used);
            cr_assert_eq(code, MK_E_STREAM);
        }
    }
}

Test(lzma, every_flipped_bit_is_seen) {
    for (int extra = 0; extra < 2; extra++) {
        make(SMALL, extra, true);
        for (size_t bit = 0; bit < 8 * s.used; bit++) {
            size_t at = bit / 8;
            uint8_t mask = (uint8_t)(1u << bit % 8);
            s.stored[at] ^= mask;
            bool same = unpack(s.used, s.n, NULL) && is_plain();
            s.stored[at] ^= mask;
            bool harmless = at >= DICTIONARY && at < SIZE_AT;
            cr_assert(harmless || !same, "byte %zu, bit %zu", at, bit % 8);
        }
    }
}

Test(lzma, returns_the_size_in_the_header) {
    static const uint64_t wrong[] = {0, SMALL - 1, SMALL + 1, UINT64_C(1) << 40, UINT64_MAX};
    for (int extra = 0; extra < 2; extra++) {
        make(SMALL, extra, true);
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
            enum mk_code code;
            mk_buffer_uint((struct mk_buffer){s.stored, s.used}, SIZE_AT, 8, wrong[i]);
            cr_assert_not(unpack(s.used, s.n, &code), "%llx", (unsigned long long)wrong[i]);
            cr_assert_eq(code, MK_E_STREAM);
            if (wrong[i] > ROOM)
                continue;
            cr_assert_not(unpack(s.used, (size_t)wrong[i], &code), "%zu", (size_t)wrong[i]);
            cr_assert_eq(code, MK_E_STREAM);
        }
    }
}

Test(lzma, a_huge_dictionary_is_refused) {
    static const struct {
        uint32_t size;
        bool fits;
    } dictionaries[] = {{0x4000, true},
                        {1u << 24, true},
                        {1u << 25, false},
                        {1u << 31, false},
                        {0xFFFFFFFF, false}};
    make(SMALL, true, true);
    for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++) {
        enum mk_code code;
        mk_buffer_uint((struct mk_buffer){s.stored, s.used}, DICTIONARY, 4, dictionaries[i].size);
        cr_assert_eq(unpack(s.used, s.n, &code), dictionaries[i].fits, "%x", dictionaries[i].size);
        cr_assert_eq(code, dictionaries[i].fits ? MK_OK : MK_E_STREAM);
    }
}

Test(lzma, no_byte_is_left_over) {
    static const uint8_t behind[] = {0x00, 0xFF, 0x5D};
    for (int extra = 0; extra < 2; extra++)
        for (size_t i = 0; i < sizeof behind; i++)
            for (size_t n = 1; n < 0x50; n += 13) {
                enum mk_code code;
                make(SMALL, extra, true);
                memset(s.stored + s.used, behind[i], n);
                cr_assert_not(unpack(s.used + n, s.n, &code), "%zu of %02x", n, behind[i]);
                cr_assert_eq(code, MK_E_STREAM);
            }
}

/* The reader removes only all three zeros: fewer are part of the stream. */
Test(lzma, all_three_zeros_or_none) {
    make(SMALL, true, true);
    for (size_t missing = 1; missing < 3; missing++) {
        memmove(s.stored + HEADER + 1, s.stored + HEADER + 2, --s.used - HEADER - 1);
        cr_assert_not(unpack(s.used, s.n, NULL) && is_plain(), "%zu missing", missing);
    }
}
