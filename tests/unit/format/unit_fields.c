/* SPDX-License-Identifier: MIT */
#include "leak.h"

#include <mekit/format/bpdt.h>
#include <mekit/format/cpd.h>
#include <mekit/format/descriptor.h>
#include <mekit/format/extension.h>
#include <mekit/format/fpt.h>
#include <mekit/format/layout.h>
#include <mekit/format/llut.h>
#include <mekit/format/mme.h>
#include <mekit/format/structure.h>

TestSuite(fields, .fini = check_leaks);

/* The bytes and bits that a field covers, written differently than in the tables of lib/format. No
 * bits: a run of bytes, which is not a number. */
struct place {
    unsigned at, width;
    uint64_t bits;
};

static const struct place map_places[] = {
    [MK_MAP_SIGNATURE] = {0x00, 4, 0xFFFFFFFF}, [MK_MAP_FCBA] = {0x04, 4, 0x000000FF},
    [MK_MAP_NC] = {0x04, 4, 0x00000300},        [MK_MAP_FRBA] = {0x04, 4, 0x00FF0000},
    [MK_MAP_NR] = {0x04, 4, 0x07000000},        [MK_MAP_FMBA] = {0x08, 4, 0x000000FF},
    [MK_MAP_NM] = {0x08, 4, 0x00000700},        [MK_MAP_FPSBA] = {0x08, 4, 0x00FF0000},
    [MK_MAP_ISL] = {0x08, 4, 0xFF000000},       [MK_MAP_FLMAP2] = {0x0C, 4, 0xFFFFFFFF},
    [MK_MAP_FMSBA] = {0x0C, 4, 0x000000FF},     [MK_MAP_MSL] = {0x0C, 4, 0x0000FF00},
    [MK_MAP_ICCRIBA] = {0x0C, 4, 0x00FF0000},   [MK_MAP_CSSO] = {0x0C, 4, 0x00000FFC},
    [MK_MAP_FLMAP3] = {0x10, 4, 0xFFFFFFFF},
};

static const struct place component_places[] = {
    [MK_COMPONENT_DENSITY1_OLD] = {0x00, 4, 0x00000007},
    [MK_COMPONENT_DENSITY2_OLD] = {0x00, 4, 0x00000038},
    [MK_COMPONENT_DENSITY1] = {0x00, 4, 0x0000000F},
    [MK_COMPONENT_DENSITY2] = {0x00, 4, 0x000000F0},
    [MK_COMPONENT_READ_CLOCK] = {0x00, 4, 0x000E0000},
    [MK_COMPONENT_FAST_READ] = {0x00, 4, 0x00100000},
    [MK_COMPONENT_FAST_CLOCK] = {0x00, 4, 0x00E00000},
    [MK_COMPONENT_WRITE_CLOCK] = {0x00, 4, 0x07000000},
    [MK_COMPONENT_ID_CLOCK] = {0x00, 4, 0x38000000},
    [MK_COMPONENT_DUAL_OUTPUT] = {0x00, 4, 0x40000000},
    [MK_COMPONENT_FLILL] = {0x04, 4, 0xFFFFFFFF},
};

static const struct place upper_places[] = {
    [MK_UPPER_VTBA] = {0x00, 4, 0x000000FF},
    [MK_UPPER_VTL] = {0x00, 4, 0x0000FF00},
    [MK_UPPER_MDTBA] = {0x00, 4, 0x00FF0000},
};

static const struct place flreg_places[] = {
    [MK_FLREG_BASE] = {0x00, 4, 0x00007FFF},
    [MK_FLREG_LIMIT] = {0x00, 4, 0x7FFF0000},
};

static const struct place fpt_places[] = {
    [MK_FPT_TAG] = {0x00, 4, 0xFFFFFFFF},      [MK_FPT_COUNT] = {0x04, 4, 0xFFFFFFFF},
    [MK_FPT_VERSION] = {0x08, 1, 0xFF},        [MK_FPT_ENTRY_VERSION] = {0x09, 1, 0xFF},
    [MK_FPT_HEADER_LENGTH] = {0x0A, 1, 0xFF},  [MK_FPT_CHECKSUM] = {0x0B, 1, 0xFF},
    [MK_FPT_CYCLE_LIFE] = {0x0C, 2, 0xFFFF},   [MK_FPT_CYCLE_LIMIT] = {0x0E, 2, 0xFFFF},
    [MK_FPT_UMA_SIZE] = {0x10, 4, 0xFFFFFFFF}, [MK_FPT_FLAGS] = {0x14, 4, 0xFFFFFFFF},
    [MK_FPT_FIT_MAJOR] = {0x18, 2, 0xFFFF},    [MK_FPT_FIT_MINOR] = {0x1A, 2, 0xFFFF},
    [MK_FPT_FIT_HOTFIX] = {0x1C, 2, 0xFFFF},   [MK_FPT_FIT_BUILD] = {0x1E, 2, 0xFFFF},
};

static const struct place entry_places[] = {
    [MK_ENTRY_NAME] = {0x00, 4, 0xFFFFFFFF},    [MK_ENTRY_OWNER] = {0x04, 4, 0xFFFFFFFF},
    [MK_ENTRY_OFFSET] = {0x08, 4, 0xFFFFFFFF},  [MK_ENTRY_SIZE] = {0x0C, 4, 0xFFFFFFFF},
    [MK_ENTRY_TOKENS] = {0x10, 4, 0xFFFFFFFF},  [MK_ENTRY_MAX_TOKENS] = {0x14, 4, 0xFFFFFFFF},
    [MK_ENTRY_SCRATCH] = {0x18, 4, 0xFFFFFFFF}, [MK_ENTRY_FLAGS] = {0x1C, 4, 0xFFFFFFFF},
    [MK_ENTRY_TYPE] = {0x1C, 4, 0x0000007F},
};

static const struct place llut_places[] = {
    [MK_LLUT_TAG] = {0x00, 4, 0xFFFFFFFF},           [MK_LLUT_COUNT] = {0x04, 4, 0xFFFFFFFF},
    [MK_LLUT_ADDR_BASE] = {0x08, 4, 0xFFFFFFFF},     [MK_LLUT_SPI_BASE] = {0x0C, 4, 0xFFFFFFFF},
    [MK_LLUT_STREAM_LENGTH] = {0x10, 4, 0xFFFFFFFF}, [MK_LLUT_STREAM_START] = {0x14, 4, 0xFFFFFFFF},
    [MK_LLUT_FLAGS] = {0x18, 4, 0xFFFFFFFF},         [MK_LLUT_PAGE_SIZE] = {0x30, 4, 0xFFFFFFFF},
};

static const struct place chunk_places[] = {
    [MK_CHUNK_OFFSET] = {0x00, 4, 0x00FFFFFF},
    [MK_CHUNK_KIND] = {0x00, 4, 0xFF000000},
};

static const struct place manifest_places[] = {
    [MK_MANIFEST_TYPE] = {0x00, 2, 0xFFFF},
    [MK_MANIFEST_HEADER_LENGTH] = {0x04, 4, 0xFFFFFFFF},
    [MK_MANIFEST_HEADER_VERSION] = {0x08, 4, 0xFFFFFFFF},
    [MK_MANIFEST_FLAGS] = {0x0C, 4, 0xFFFFFFFF},
    [MK_MANIFEST_VENDOR] = {0x10, 4, 0xFFFFFFFF},
    [MK_MANIFEST_DAY] = {0x14, 1, 0xFF},
    [MK_MANIFEST_MONTH] = {0x15, 1, 0xFF},
    [MK_MANIFEST_YEAR] = {0x16, 2, 0xFFFF},
    [MK_MANIFEST_SIZE] = {0x18, 4, 0xFFFFFFFF},
    [MK_MANIFEST_TAG] = {0x1C, 4, 0xFFFFFFFF},
    [MK_MANIFEST_MODULES] = {0x20, 4, 0xFFFFFFFF},
    [MK_MANIFEST_MAJOR] = {0x24, 2, 0xFFFF},
    [MK_MANIFEST_MINOR] = {0x26, 2, 0xFFFF},
    [MK_MANIFEST_HOTFIX] = {0x28, 2, 0xFFFF},
    [MK_MANIFEST_BUILD] = {0x2A, 2, 0xFFFF},
    [MK_MANIFEST_SVN] = {0x2C, 4, 0xFFFFFFFF},
    [MK_MANIFEST_KEY_SIZE] = {0x78, 4, 0xFFFFFFFF},
    [MK_MANIFEST_EXPONENT_SIZE] = {0x7C, 4, 0xFFFFFFFF},
};

static const struct place mme_places[] = {
    [MK_MME_TAG] = {0x00, 4, 0xFFFFFFFF},
    [MK_MME_NAME] = {0x04, 16, 0},
    [MK_MME_HASH] = {0x14, 32, 0},
    [MK_MME_LOAD_BASE] = {0x34, 4, 0xFFFFFFFF},
    [MK_MME_OFFSET] = {0x38, 4, 0xFFFFFFFF},
    [MK_MME_CODE_SIZE] = {0x3C, 4, 0xFFFFFFFF},
    [MK_MME_STORED_SIZE] = {0x40, 4, 0xFFFFFFFF},
    [MK_MME_MEMORY_SIZE] = {0x44, 4, 0xFFFFFFFF},
    [MK_MME_PRE_UMA_SIZE] = {0x48, 4, 0xFFFFFFFF},
    [MK_MME_ENTRY] = {0x4C, 4, 0xFFFFFFFF},
    [MK_MME_FLAGS] = {0x50, 4, 0xFFFFFFFF},
    [MK_MME_COMPRESSION] = {0x50, 4, 0x00000070},
    [MK_MME_LOAD] = {0x50, 4, 0x00004000},
    [MK_MME_API_PAGES1] = {0x50, 4, 0x000E0000},
    [MK_MME_API_PAGES2] = {0x50, 4, 0x00300000},
    [MK_MME_ENCRYPTED] = {0x54, 4, 0xFFFFFFFF},
};

static const struct place mme1_places[] = {
    [MK_MME1_TAG] = {0x00, 4, 0xFFFFFFFF},   [MK_MME1_NAME] = {0x1C, 16, 0},
    [MK_MME1_HASH] = {0x2C, 20, 0},          [MK_MME1_SIZE] = {0x40, 4, 0xFFFFFFFF},
    [MK_MME1_FLAGS] = {0x44, 4, 0xFFFFFFFF},
};

static const struct place bpdt_places[] = {
    [MK_BPDT_SIGNATURE] = {0x00, 4, 0xFFFFFFFF}, [MK_BPDT_COUNT] = {0x04, 2, 0xFFFF},
    [MK_BPDT_VERSION] = {0x06, 1, 0xFF},         [MK_BPDT_CONFIG] = {0x07, 1, 0xFF},
    [MK_BPDT_CHECKSUM] = {0x0A, 2, 0xFFFF},      [MK_BPDT_CRC] = {0x08, 4, 0xFFFFFFFF},
    [MK_BPDT_FIT_MAJOR] = {0x10, 2, 0xFFFF},     [MK_BPDT_FIT_MINOR] = {0x12, 2, 0xFFFF},
    [MK_BPDT_FIT_HOTFIX] = {0x14, 2, 0xFFFF},    [MK_BPDT_FIT_BUILD] = {0x16, 2, 0xFFFF},
};

static const struct place bpdt_entry_places[] = {
    [MK_BPDT_ENTRY_TYPE] = {0x00, 4, 0x0000FFFF},
    [MK_BPDT_ENTRY_OFFSET] = {0x04, 4, 0xFFFFFFFF},
    [MK_BPDT_ENTRY_SIZE_FIELD] = {0x08, 4, 0xFFFFFFFF},
};

static const struct place cpd_places[] = {
    [MK_CPD_TAG] = {0x00, 4, 0xFFFFFFFF},     [MK_CPD_COUNT] = {0x04, 4, 0xFFFFFFFF},
    [MK_CPD_VERSION] = {0x08, 1, 0xFF},       [MK_CPD_ENTRY_VERSION] = {0x09, 1, 0xFF},
    [MK_CPD_HEADER_LENGTH] = {0x0A, 1, 0xFF}, [MK_CPD_CHECKSUM] = {0x0B, 1, 0xFF},
    [MK_CPD_NAME] = {0x0C, 4, 0xFFFFFFFF},    [MK_CPD_CRC] = {0x10, 4, 0xFFFFFFFF},
};

static const struct place cpd_entry_places[] = {
    [MK_CPD_ENTRY_NAME] = {0x00, 12, 0},
    [MK_CPD_ENTRY_OFFSET] = {0x0C, 4, 0x01FFFFFF},
    [MK_CPD_ENTRY_HUFFMAN] = {0x0C, 4, 0x02000000},
    [MK_CPD_ENTRY_LENGTH] = {0x10, 4, 0xFFFFFFFF},
};

static const struct place attribute_places[] = {
    [MK_ATTRIBUTE_COMPRESSION] = {0x08, 1, 0xFF},
    [MK_ATTRIBUTE_ENCRYPTION] = {0x09, 1, 0xFF},
    [MK_ATTRIBUTE_CODE_SIZE] = {0x0C, 4, 0xFFFFFFFF},
    [MK_ATTRIBUTE_STORED_SIZE] = {0x10, 4, 0xFFFFFFFF},
};

static const struct place package_places[] = {
    [MK_PACKAGE_NAME] = {0x08, 4, 0xFFFFFFFF},
    [MK_PACKAGE_VCN] = {0x0C, 4, 0xFFFFFFFF},
    [MK_PACKAGE_ARB_SVN] = {0x20, 4, 0xFFFFFFFF},
    [MK_PACKAGE_SKU] = {0x25, 1, 0xFF},
};

static const struct place layout_16_places[] = {
    [MK_POINTER_DATA] = {0x10, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP1] = {0x18, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP2] = {0x20, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP3] = {0x28, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP4] = {0x30, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP5] = {0x38, 8, 0xFFFFFFFFFFFFFFFF},
};

static const struct place layout_17_places[] = {
    [MK_POINTER_DATA] = {0x18, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP1] = {0x20, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP2] = {0x28, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP3] = {0x30, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP4] = {0x38, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_BP5] = {0x40, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_TEMP] = {0x48, 8, 0xFFFFFFFFFFFFFFFF},
    [MK_POINTER_ELOG] = {0x50, 8, 0xFFFFFFFFFFFFFFFF},
};

static const struct place layout_places[] = {
    [MK_LAYOUT_LENGTH] = {0x10, 2, 0xFFFF},
    [MK_LAYOUT_FLAGS] = {0x12, 1, 0xFF},
    [MK_LAYOUT_RESERVED] = {0x13, 1, 0xFF},
    [MK_LAYOUT_CRC] = {0x14, 4, 0xFFFFFFFF},
};

#define STRUCTURE(name)                                                                            \
    { #name, mk_##name##_fields, name##_places, sizeof name##_places / sizeof *name##_places }

static const struct {
    const char *name;
    const struct mk_field *fields;
    const struct place *places;
    size_t n;
} structures[] = {
    STRUCTURE(map),        STRUCTURE(component), STRUCTURE(upper),     STRUCTURE(flreg),
    STRUCTURE(fpt),        STRUCTURE(entry),     STRUCTURE(llut),      STRUCTURE(chunk),
    STRUCTURE(manifest),   STRUCTURE(mme),       STRUCTURE(mme1),      STRUCTURE(bpdt),
    STRUCTURE(bpdt_entry), STRUCTURE(cpd),       STRUCTURE(cpd_entry), STRUCTURE(attribute),
    STRUCTURE(package),    STRUCTURE(layout_16), STRUCTURE(layout_17), STRUCTURE(layout),
};

#define ROOM 0x100u

static uint8_t bytes[ROOM];
static const struct mk_buffer b = {bytes, ROOM};

/* Writing all ones into zeros sets exactly the bits of the field. Reading sees exactly those bits.
 */
static void check_number(const struct mk_field *field, const struct place *place) {
    cr_assert_leq(field->low + field->bits, 8 * field->width, "%s leaves its word", field->name);
    mk_buffer_fill(b, 0, ROOM, 0);
    cr_assert(mk_field_put(b, 0, field, UINT64_MAX), "%s is no number", field->name);
    cr_assert_eq(mk_span_uint(mk_buffer_span(b), place->at, place->width), place->bits, "%s",
                 field->name);
    uint64_t value = mk_field_get(mk_buffer_span(b), field);
    cr_assert_eq(value, place->bits / (place->bits & -place->bits), "%s", field->name);
    mk_buffer_uint(b, place->at, place->width, 0);
    cr_assert(mk_span_is_filled(mk_buffer_span(b), 0), "%s writes elsewhere", field->name);
    mk_buffer_fill(b, 0, ROOM, 0xFF);
    mk_buffer_uint(b, place->at, place->width, ~place->bits);
    cr_assert_eq(mk_field_get(mk_buffer_span(b), field), 0, "%s reads elsewhere", field->name);
}

static void check_run(const struct mk_field *field, const struct place *place) {
    struct mk_span run = mk_field_span(mk_buffer_span(b), field);
    cr_assert_not(mk_field_put(b, 0, field, 0), "%s is a number", field->name);
    cr_assert_eq(run.at, place->at, "%s", field->name);
    cr_assert_eq(run.n, place->width, "%s", field->name);
    cr_assert(field->low == 0 && field->bits == 0, "%s is taken whole", field->name);
}

Test(fields, every_field_is_where_the_format_has_it) {
    size_t n = 0;
    for (size_t i = 0; i < sizeof structures / sizeof *structures; i++)
        for (size_t k = 0; k < structures[i].n; k++, n++) {
            const struct mk_field *field = &structures[i].fields[k];
            const struct place *place = &structures[i].places[k];
            cr_assert(place->width > 0 && field->name && *field->name, "%s: field %zu",
                      structures[i].name, k);
            if (place->bits)
                check_number(field, place);
            else
                check_run(field, place);
        }
    cr_assert_eq(n, 154);
}

/* ---- structures ---- */

static bool is_known(const struct mk_field *fields, unsigned n) {
    for (size_t i = 0; i < sizeof structures / sizeof *structures; i++)
        if (structures[i].fields == fields)
            return structures[i].n == n;
    return false;
}

Test(fields, every_structure_is_found_by_its_tag) {
    static const char *const tags[MK_STRUCTURES] = {
        [MK_STRUCTURE_MAP] = "\x5A\xA5\xF0\x0F",
        [MK_STRUCTURE_FPT] = "$FPT",
        [MK_STRUCTURE_CPD] = "$CPD",
        [MK_STRUCTURE_MN2] = "$MN2",
        [MK_STRUCTURE_MAN] = "$MAN",
        [MK_STRUCTURE_MME] = "$MME",
        [MK_STRUCTURE_LLUT] = "LLUT",
        [MK_STRUCTURE_BPDT] = "\xAA\x55\0\0",
        [MK_STRUCTURE_BPDT_RECOVERY] = "\xAA\x55\xAA\0",
    };
    for (size_t i = 0; i < MK_STRUCTURES; i++) {
        const struct mk_structure *s = &mk_structures[i];
        uint32_t at = i == MK_STRUCTURE_MN2 || i == MK_STRUCTURE_MAN ? 0x1C : 0;
        uint8_t image[0x20] = {0};
        memcpy(image + at, tags[i], 4);
        cr_expect(mk_structure_is_at(mk_span_of(image, at + 4), (enum mk_structure_id)i), "%s",
                  s->name);
        cr_expect_not(mk_structure_is_at(mk_span_of(image, at + 3), (enum mk_structure_id)i), "%s",
                      s->name);
        cr_expect(is_known(s->header.fields, s->header.n), "%s", s->name);
        cr_expect(!s->entry.fields || is_known(s->entry.fields, s->entry.n), "%s", s->name);
    }
}
