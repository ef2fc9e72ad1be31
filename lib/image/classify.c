/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <mekit/format/mme.h>
#include <mekit/image/signature.h>

#include <string.h>

#define LAST_STRIPPABLE_MAJOR 11u
#define IGNITION_MAJOR        6u
#define SKU_DWORDS_ME6        3ull
#define TXE_STRIDE            0x80u
#define GRAPHICS_USAGE        104 /* usage of HUCP, graphics media firmware, in RBEP's key lists */
#define FIRST_WITHOUT_FTPR    18u /* CSME; graphics firmware has 100 and more */

static bool is_lone(const struct mk_firmware *f) {
    return f->n_partitions == 1 && f->fpt.n == 0 && f->layout.version == MK_IFWI_NONE;
}

/* The family of a lone partition, which another processor of the chip loads. */
static const char *family_by_name(const uint8_t name[4]) {
    static const struct {
        const char *partition, *family;
    } rows[] = {
        {"HUCP", "HuC"}, {"IUNM", "IPU"}, {"IUNP", "IPU"}, {"IPUM", "IPU"}, {"ADSP", "ADSP"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (memcmp(name, rows[i].partition, 4) == 0)
            return rows[i].family;
    return NULL;
}

static bool allows_graphics(const struct mk_partition *boot) {
    struct mk_span extension;
    struct mk_key_listed key;
    uint64_t cursor = 0;
    if (memcmp(boot->name, "RBEP", sizeof boot->name) != 0 || !boot->has_manifest)
        return false;
    if (!mk_extension_find(boot->manifest.body, MK_EXTENSION_KEYS_V2, &extension))
        return false;
    while (mk_key_listed_next(extension, &cursor, &key))
        if (key.usage == GRAPHICS_USAGE)
            return true;
    return false;
}

/* The family of firmware other than the ME's, from structure and key; or NULL. */
static const char *family_other(const struct mk_firmware *f) {
    bool tables = f->layout.version != MK_IFWI_NONE;
    if ((f->key && strcmp(f->key->variant, "GSC") == 0) ||
        (tables && mk_partition_find(f, "GSCI")) || (tables && f->boot && allows_graphics(f->boot)))
        return "GSC";
    return is_lone(f) ? family_by_name(f->partitions[0].name) : NULL;
}

static bool lists_slot_of(const struct mk_firmware *f, const char *type) {
    for (size_t i = 0; i < f->n_boots; i++)
        for (unsigned k = 0; f->boots[i].has_table && k < f->boots[i].table.n; k++) {
            const struct mk_bpdt_entry *entry = &f->boots[i].table.entries[k];
            if (entry->size != 0 && strcmp(mk_bpdt_type_name(entry->type), type) == 0)
                return true;
        }
    return false;
}

/* Table and version show firmware that never had an FTPR; older firmware has lost it. */
static const struct mk_partition *find_lone_rbep(const struct mk_firmware *f) {
    const struct mk_partition *p = mk_partition_find(f, "RBEP");
    bool modern = f->layout.version == MK_IFWI_17;
    if (!p || p->layout == MK_LAYOUT_DATA || !modern || lists_slot_of(f, "FTPR"))
        return NULL;
    return !p->has_manifest || p->manifest.version.major >= FIRST_WITHOUT_FTPR ? p : NULL;
}

/* MFTP is of the read-only set of CSE Lite, CODE of generation 1. */
const struct mk_boot_name mk_boot_names[MK_BOOT_NAMES] = {
    {"FTPR", true}, {"MFTP", false}, {"CODE", true}};

static const struct mk_partition *find_boot(const struct mk_firmware *f) {
    for (size_t i = 0; i < MK_BOOT_NAMES; i++) {
        const char *name = mk_boot_names[i].name;
        const struct mk_partition *p = mk_partition_find(f, name);
        if (p && p->layout != MK_LAYOUT_DATA)
            return p;
    }
    return find_lone_rbep(f);
}

/* An entry without data counts too: the name of the operational firmware identifies servers. */
static bool has_operational_code(const struct mk_fpt *fpt) {
    for (unsigned i = 0; i < fpt->n; i++)
        if (memcmp(fpt->entries[i].name, "OPR1", 4) == 0 ||
            memcmp(fpt->entries[i].name, "OPR2", 4) == 0)
            return true;
    return false;
}

static bool lists_operational_code(const struct mk_firmware *f) {
    return mk_partition_find(f, "OPR1") || mk_partition_find(f, "OPR2");
}

static bool has_sps_extension(const struct mk_partition *teller) {
    struct mk_span extension;
    return teller->layout == MK_LAYOUT_DIRECTORY &&
           mk_extension_find(teller->manifest.body, MK_EXTENSION_SPS_PLATFORM, &extension);
}

/* The partition that identifies the firmware: a boot partition by its name, else RBEP if it boots,
 * else the first one with a manifest. */
static const struct mk_partition *find_teller(const struct mk_firmware *f) {
    for (size_t i = 0; i < MK_BOOT_NAMES; i++) {
        const char *name = mk_boot_names[i].name;
        const struct mk_partition *p = mk_partition_find(f, name);
        if (p && p->has_manifest)
            return p;
    }
    if (f->boot && f->boot->has_manifest)
        return f->boot;
    if (is_lone(f))
        return f->partitions[0].has_manifest ? &f->partitions[0] : NULL;
    for (size_t i = 0; f->layout.version != MK_IFWI_NONE && i < f->n_partitions; i++)
        if (f->partitions[i].has_manifest && f->partitions[i].manifest.version.major > 0)
            return &f->partitions[i];
    return NULL;
}

static enum mk_generation generation_of(const struct mk_firmware *f,
                                        const struct mk_partition *teller) {
    if (f->layout.version != MK_IFWI_NONE || family_other(f))
        return MK_GENERATION_CSE;
    if (teller->layout == MK_LAYOUT_MANIFEST)
        return teller->manifest.sha1 ? MK_GENERATION_1 : MK_GENERATION_2;
    return f->is_sps || f->version.major == LAST_STRIPPABLE_MAJOR ? MK_GENERATION_3
                                                                  : MK_GENERATION_CSE;
}

/* The key names the family. Families share the pre-production key: then only the structure can
 * decide. */
static const char *family_of(const struct mk_firmware *f, const struct mk_partition *teller) {
    static const char *const families[] = {"ME", "TXE", "CSME", "CSTXE"};
    if (f->is_sps)
        return "SPS";
    if (family_other(f))
        return family_other(f);
    for (size_t i = 0; f->key && i < sizeof families / sizeof *families; i++)
        if (strcmp(f->key->variant, families[i]) == 0)
            return families[i];
    if (teller->layout == MK_LAYOUT_DIRECTORY)
        return f->layout.version == MK_IFWI_20 ? "CSTXE" : "CSME";
    bool wide = !teller->manifest.sha1 && mk_mme_stride(&teller->manifest, 0) == TXE_STRIDE;
    return wide ? "TXE" : "ME";
}

/* ME 6 Ignition has an all-zero $SKU; its tags follow the modules after a gap of one entry. */
static bool is_ignition(const struct mk_firmware *f) {
    struct mk_span sku;
    if (!f->boot || !f->boot->has_manifest)
        return false;
    const struct mk_manifest *m = &f->boot->manifest;
    if (f->generation != MK_GENERATION_2 || f->version.major != IGNITION_MAJOR ||
        m->n_modules > MK_LIMIT_MODULES)
        return false;
    uint64_t tags = mk_mme_start(m) + ((uint64_t)m->n_modules + 1) * mk_mme_stride(m, 0);
    return mk_manifest_tag_find(m, tags, "$SKU", &sku) && sku.n == SKU_DWORDS_ME6 * 4 &&
           mk_span_u32(sku, 8) == 0;
}

bool mki_firmware_classify(struct mk_firmware *f, struct mk_error *e) {
    struct mk_signature signature;
    f->boot = find_boot(f);
    f->is_sps = has_operational_code(&f->fpt) || lists_operational_code(f);
    const struct mk_partition *teller = find_teller(f);
    if (f->layout.version != MK_IFWI_NONE) {
        f->generation = MK_GENERATION_CSE;
        f->family = f->layout.version == MK_IFWI_20 ? "CSTXE" : "CSME";
    }
    if (!teller)
        return true;
    if (!mk_signature_key(&teller->manifest, &signature, e))
        return false;
    f->key = signature.key;
    f->version = teller->manifest.version;
    f->is_sps = f->is_sps || mk_key_is_sps(f->key) || has_sps_extension(teller);
    f->generation = generation_of(f, teller);
    f->family = family_of(f, teller);
    f->is_ignition = is_ignition(f);
    f->indivisible = f->generation == MK_GENERATION_1;
    f->removed_whole = f->indivisible || f->is_ignition;
    f->hashed_whole = f->generation == MK_GENERATION_3;
    return true;
}
