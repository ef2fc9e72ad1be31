/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <inttypes.h>
#include <mekit/base/error.h>
#include <mekit/base/text.h>
#include <mekit/format/host/gbe.h>
#include <mekit/inspect/boot_guard.h>

#define OEM_SIZE  0x100u
#define OEM_SHOWN 64u
#define MAC_ROOM  (3 * MK_GBE_MAC_SIZE)

const char *facts_chip_maker(unsigned id) {
    static const struct {
        uint8_t id;
        const char *maker;
    } makers[] = {{0x01, "Spansion"},    {0x1C, "EON"},    {0x1F, "Atmel, Adesto"},
                  {0x20, "Micron, XMC"}, {0x62, "Sanyo"},  {0x68, "Boya"},
                  {0x85, "Puya"},        {0x89, "Intel"},  {0x8C, "ESMT"},
                  {0x9D, "ISSI"},        {0xBF, "SST"},    {0xC2, "Macronix"},
                  {0xC8, "GigaDevice"},  {0xEF, "Winbond"}};
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (makers[i].id == (id & 0xFF))
            return makers[i].maker;
    return "";
}

/* ---- Boot Guard ---- */

static json_t *manifest_json(uint64_t at, const struct mk_boot_manifest *m, const char *last,
                             unsigned value) {
    if (at == MK_NOWHERE)
        return json_null();
    return json_pack("{s:I, s:i, s:i, s:i, s:i}", "offset", (json_int_t)at, "structure",
                     (int)m->version, "revision", (int)m->revision, "svn", (int)m->svn, last,
                     (int)value);
}

static json_t *acm_json(const struct mk_boot_guard *b) {
    char date[16];
    if (b->acm_at == MK_NOWHERE)
        return json_null();
    uint32_t d = b->acm.date;
    snprintf(date, sizeof date, "%04x-%02x-%02x", d >> 16, d >> 8 & 0xFF, d & 0xFF);
    return json_pack("{s:I, s:I, s:s, s:i, s:i}", "offset", (json_int_t)b->acm_at, "size",
                     (json_int_t)b->acm.size, "date", date, "svn", (int)b->acm.svn, "se_svn",
                     (int)b->acm.se_svn);
}

static json_t *boot_guard_json(const struct mk_image *image) {
    struct mk_boot_guard b;
    if (!mk_boot_guard_read(image, &b))
        return json_null();
    json_t *sum = b.fit.has_checksum ? json_boolean(b.fit.checksum_right) : json_null();
    json_t *fit = json_pack("{s:I, s:i, s:o}", "offset", (json_int_t)b.fit.at, "entries",
                            (int)b.fit.n, "checksum_right", sum);
    return json_pack("{s:o, s:o, s:o, s:o}", "fit", fit, "acm", acm_json(&b), "key_manifest",
                     manifest_json(b.key_at, &b.key, "id", b.key.id), "boot_policy",
                     manifest_json(b.policy_at, &b.policy, "acm_svn", b.policy.acm_svn));
}

static void text_boot_guard(FILE *words, const struct mk_image *image) {
    struct mk_boot_guard b;
    if (!mk_boot_guard_read(image, &b))
        return;
    fprintf(words, "FIT at 0x%" PRIx64 ", %u entries%s\n", b.fit.at, b.fit.n,
            b.fit.has_checksum && !b.fit.checksum_right ? ", checksum WRONG" : "");
    if (b.acm_at != MK_NOWHERE)
        fprintf(words, "  ACM at 0x%" PRIx64 ", %" PRIu64 " bytes, date %08x, SVN %u\n", b.acm_at,
                b.acm.size, b.acm.date, b.acm.svn);
    if (b.key_at != MK_NOWHERE)
        fprintf(words,
                "  key manifest at 0x%" PRIx64 ", structure %02x, revision %u, SVN %u, id %u\n",
                b.key_at, b.key.version, b.key.revision, b.key.svn, b.key.id);
    if (b.policy_at != MK_NOWHERE)
        fprintf(words,
                "  boot policy at 0x%" PRIx64
                ", structure %02x, revision %u, SVN %u, accepts an ACM of SVN %u\n",
                b.policy_at, b.policy.version, b.policy.revision, b.policy.svn, b.policy.acm_svn);
}

/* ---- GbE ---- */

static char *mac_text(const struct mk_gbe_bank *bank, bool identity, char out[MAC_ROOM]) {
    for (size_t i = 0; i < MK_GBE_MAC_SIZE; i++)
        if (identity)
            snprintf(out + 3 * i, 4, "%02x:", bank->mac[i]);
        else
            snprintf(out + 3 * i, 4, "xx:");
    out[MAC_ROOM - 1] = 0;
    return out;
}

static bool read_gbe(const struct mk_image *image, struct mk_span *region,
                     struct mk_gbe_bank banks[MK_GBE_BANKS]) {
    if (!mk_image_region(image, MK_REGION_GBE, region))
        return false;
    mk_gbe_read(*region, banks);
    return true;
}

static json_t *gbe_json(const struct mk_image *image, bool identity) {
    struct mk_gbe_bank banks[MK_GBE_BANKS];
    struct mk_span region;
    char mac[MAC_ROOM + 1];
    json_t *list = json_array();
    bool there = read_gbe(image, &region, banks);
    for (unsigned i = 0; there && i < MK_GBE_BANKS; i++)
        if (banks[i].present)
            json_array_append_new(
                list, json_pack("{s:I, s:s, s:b}", "offset",
                                (json_int_t)(region.at + (uint64_t)i * MK_GBE_BANK_SIZE), "mac",
                                mac_text(&banks[i], identity, mac), "checksum_right",
                                banks[i].sum == MK_GBE_SUM));
    return list;
}

static void text_gbe(FILE *words, const struct mk_image *image, bool identity) {
    struct mk_gbe_bank banks[MK_GBE_BANKS];
    struct mk_span region;
    char mac[MAC_ROOM + 1];
    bool there = read_gbe(image, &region, banks);
    for (unsigned i = 0; there && i < MK_GBE_BANKS; i++)
        if (banks[i].present)
            fprintf(words, "GbE bank %u: MAC %s, checksum %s\n", i,
                    mac_text(&banks[i], identity, mac),
                    banks[i].sum == MK_GBE_SUM ? "right" : "WRONG");
}

/* ---- OEM section ---- */

/* The printable text at the start; false: there is none. */
static bool oem_text(const struct mk_image *image, bool identity,
                     char out[MK_TEXT_ROOM(OEM_SHOWN)]) {
    uint8_t bytes[OEM_SHOWN];
    struct mk_span oem;
    if (!image->has_descriptor ||
        !mk_span_cut(image->descriptor.bytes, MK_DESCRIPTOR_OEM, OEM_SIZE, &oem) ||
        mk_span_is_filled(oem, 0xFF) || mk_span_is_filled(oem, 0))
        return false;
    mk_span_copy(oem, 0, bytes, sizeof bytes);
    mk_text_mask(out, MK_TEXT_ROOM(OEM_SHOWN), bytes, sizeof bytes);
    if (!identity)
        facts_blank(out);
    return true;
}

void facts_text_host(FILE *words, const struct mk_image *image, bool identity) {
    char oem[MK_TEXT_ROOM(OEM_SHOWN)];
    if (oem_text(image, identity, oem))
        fprintf(words, "OEM section: %s\n", oem);
    text_gbe(words, image, identity);
    text_boot_guard(words, image);
}

void facts_json_host(json_t *object, const struct mk_image *image, bool identity) {
    char oem[MK_TEXT_ROOM(OEM_SHOWN)];
    json_object_set_new(object, "boot_guard", boot_guard_json(image));
    json_object_set_new(object, "gbe", gbe_json(image, identity));
    json_object_set_new(object, "oem",
                        oem_text(image, identity, oem) ? json_string(oem) : json_null());
}
