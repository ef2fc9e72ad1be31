/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <mekit/base/text.h>
#include <mekit/format/mme.h>
#include <string.h>

#define HALF_MIB    0x80000u
#define DEBUG_FLAG  0x80000000u /* signed with a debug key */
#define ATTRIBUTES  0x28u       /* offset in extension 0x0C */
#define SKU_SIZE    16u         /* of $SKU from ME 7 on */
#define SKU_AT      12u
#define PARTS_SHOWN 16u

/* ---- release ---- */

/* ROMB holds code that the ROM runs instead of its own: no production image has it. */
static bool bypasses_rom(const struct mk_firmware *f) {
    const struct mk_partition *p = mk_partition_find(f, "ROMB");
    return p && p->bytes.n > 0 && !mk_span_is_filled(p->bytes, 0xFF) &&
           !mk_span_is_filled(p->bytes, 0);
}

const struct mk_manifest *facts_told_by(const struct mk_firmware *f) {
    if (f->boot && f->boot->has_manifest)
        return &f->boot->manifest;
    return f->n_partitions == 1 && f->partitions[0].has_manifest ? &f->partitions[0].manifest
                                                                 : NULL;
}

const char *facts_release(const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    const struct mk_manifest *m = facts_told_by(f);
    if (bypasses_rom(f))
        return "ROM bypass";
    if (f->key)
        return strncmp(f->key->release, "pre", 3) == 0 ? "pre-production" : "production";
    return m && m->flags & DEBUG_FLAG ? "pre-production" : NULL;
}

/* ---- SKU ---- */

struct sku {
    const char *type;     /* NULL: unknown */
    const char *platform; /* of ME 11; else NULL */
    unsigned halves;      /* of a MiB; 0: unknown */
};

static void read_client(const struct mk_manifest *m, struct sku *sku) {
    static const char *const types[] = {"corporate", "consumer", "slim", "server",
                                        NULL,        "Chrome",   NULL,   NULL};
    struct mk_span extension, attributes;
    if (!mk_extension_find(m->body, MK_EXTENSION_CLIENT, &extension) ||
        !mk_span_cut(extension, ATTRIBUTES, 8, &attributes) || mk_span_is_filled(attributes, 0))
        return;
    unsigned low = mk_span_u8(attributes, 0);
    sku->halves = low & 0xF;
    sku->type = types[low >> 4 & 7];
    if (m->version.major == 11)
        sku->platform = mk_span_u8(attributes, 1) >> 2 & 3 ? "LP" : "H";
}

/* The tags follow the modules, in most images after a gap of one module entry. */
static void read_tag(const struct mk_manifest *m, struct sku *sku) {
    struct mk_span tag;
    uint64_t stride = mk_mme_stride(m, 0);
    for (unsigned gap = 0; gap < 2 && m->n_modules <= MK_LIMIT_MODULES; gap++) {
        uint64_t tags = mk_mme_start(m) + (m->n_modules + gap) * stride;
        if (mk_manifest_tag_find(m, tags, "$SKU", &tag) && tag.n == SKU_SIZE)
            sku->halves = mk_span_u8(tag, SKU_AT) & 0xF;
    }
}

static struct sku sku_of(const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    const struct mk_manifest *m = facts_told_by(f);
    struct sku sku = {NULL, NULL, 0};
    if (m && f->generation == MK_GENERATION_2)
        read_tag(m, &sku);
    else if (m && (f->generation == MK_GENERATION_3 || f->generation == MK_GENERATION_CSE))
        read_client(m, &sku);
    return sku;
}

/* ---- other parts of the chipset ---- */

static bool is_part(const struct mk_partition *p) {
    static const char *const names[] = {"PMCP", "PCHC"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (memcmp(p->name, names[i], 4) == 0)
            return p->has_manifest;
    return p->has_manifest && memcmp(p->name + 1, "PHY", 3) == 0;
}

static bool is_same(const struct mk_partition *a, const struct mk_partition *b) {
    return memcmp(a->name, b->name, sizeof a->name) == 0 &&
           memcmp(&a->manifest.version, &b->manifest.version, sizeof a->manifest.version) == 0;
}

/* Two boot partitions may hold the same parts: list each part once. */
static size_t find_parts(const struct mk_firmware *f,
                         const struct mk_partition *parts[PARTS_SHOWN]) {
    size_t n = 0;
    for (size_t i = 0; i < f->n_partitions && n < PARTS_SHOWN; i++) {
        bool repeated = !is_part(&f->partitions[i]);
        for (size_t k = 0; k < n && !repeated; k++)
            repeated = is_same(parts[k], &f->partitions[i]);
        if (!repeated)
            parts[n++] = &f->partitions[i];
    }
    return n;
}

/* ---- text and JSON ---- */

void facts_text_firmware(FILE *words, const struct mk_image *image) {
    const struct mk_partition *parts[PARTS_SHOWN];
    char masked[MK_TEXT_ROOM(4)], version[MK_VERSION_ROOM];
    const char *release = facts_release(image);
    struct sku sku = sku_of(image);
    size_t n = find_parts(&image->firmware, parts);
    if (release)
        fprintf(words, "release: %s\n", release);
    if (sku.type || sku.halves)
        fprintf(words, "SKU: %s%s", sku.type ? sku.type : "", sku.type && sku.halves ? ", " : "");
    if (sku.halves)
        fprintf(words, "%u.%u MB", sku.halves / 2, sku.halves % 2 * 5);
    if (sku.platform)
        fprintf(words, ", PCH-%s", sku.platform);
    if (sku.type || sku.halves)
        fprintf(words, "\n");
    for (size_t i = 0; i < n; i++)
        fprintf(words, "%s%s %s%s", i ? ", " : "with ",
                mk_text_mask(masked, sizeof masked, parts[i]->name, 4),
                mk_version_text(parts[i]->manifest.version, version), i + 1 == n ? "\n" : "");
}

void facts_json_firmware(json_t *firmware, const struct mk_image *image) {
    const struct mk_partition *parts[PARTS_SHOWN];
    char masked[MK_TEXT_ROOM(4)], version[MK_VERSION_ROOM];
    const char *release = facts_release(image);
    struct sku sku = sku_of(image);
    json_t *list = json_array();
    size_t n = find_parts(&image->firmware, parts);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(
            list,
            json_pack("{s:s, s:s}", "name", mk_text_mask(masked, sizeof masked, parts[i]->name, 4),
                      "version", mk_version_text(parts[i]->manifest.version, version)));
    json_object_set_new(firmware, "release", release ? json_string(release) : json_null());
    json_object_set_new(
        firmware, "sku",
        json_pack("{s:s?, s:s?, s:o}", "type", sku.type, "platform", sku.platform, "size",
                  sku.halves ? json_integer((json_int_t)sku.halves * HALF_MIB) : json_null()));
    json_object_set_new(firmware, "parts", list);
}
