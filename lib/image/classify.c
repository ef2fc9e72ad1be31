#include "tree.h"

#include <mekit/format/mme.h>
#include <mekit/image/signature.h>

#include <string.h>

#define LAST_STRIPPABLE_MAJOR 11u
#define IGNITION_MAJOR        6u
#define SKU_DWORDS_ME6        3u
#define TXE_STRIDE            0x80u

static const struct mk_partition *find_boot(const struct mk_firmware *f) {
    static const char *const names[] = {"FTPR", "CODE", "MFTP"};
    for (size_t i = 0; i < 3; i++) {
        const struct mk_partition *p = mk_partition_find(f, names[i]);
        if (p && p->layout != MK_LAYOUT_DATA)
            return p;
    }
    return NULL;
}

/* A quota entry without data counts: it is the operational firmware's name that tells a server. */
static bool has_operational_code(const struct mk_fpt *fpt) {
    for (unsigned i = 0; i < fpt->n; i++)
        if (memcmp(fpt->entries[i].name, "OPR1", 4) == 0 ||
            memcmp(fpt->entries[i].name, "OPR2", 4) == 0)
            return true;
    return false;
}

static bool has_sps_extension(const struct mk_partition *boot) {
    struct mk_span extension;
    return boot->layout == MK_LAYOUT_DIRECTORY && boot->has_manifest &&
           mk_extension_find(boot->manifest.body, MK_EXTENSION_SPS_PLATFORM, &extension);
}

static enum mk_generation generation_of(const struct mk_firmware *f) {
    const struct mk_partition *boot = f->boot;
    if (f->layout.version != MK_IFWI_NONE)
        return MK_GENERATION_CSE;
    if (boot->layout == MK_LAYOUT_MANIFEST)
        return boot->manifest.sha1 ? MK_GENERATION_1 : MK_GENERATION_2;
    return f->is_sps || f->version.major == LAST_STRIPPABLE_MAJOR ? MK_GENERATION_3
                                                                  : MK_GENERATION_CSE;
}

/* The key names the family; the pre-production key is shared, so then only structure is left to
 * tell. */
static const char *family_of(const struct mk_firmware *f) {
    static const char *const families[] = {"ME", "TXE", "CSME", "CSTXE"};
    if (f->is_sps)
        return "SPS";
    for (size_t i = 0; f->key && i < sizeof families / sizeof *families; i++)
        if (strcmp(f->key->variant, families[i]) == 0)
            return families[i];
    if (f->boot->layout == MK_LAYOUT_DIRECTORY)
        return f->layout.version == MK_IFWI_20 ? "CSTXE" : "CSME";
    return !f->boot->manifest.sha1 && mk_mme_stride(&f->boot->manifest, 0) == TXE_STRIDE ? "TXE"
                                                                                         : "ME";
}

/* ME 6 Ignition says so by an all-zero $SKU; its tags follow one gap behind the modules. */
static bool is_ignition(const struct mk_firmware *f) {
    const struct mk_manifest *m = &f->boot->manifest;
    struct mk_span sku;
    if (f->generation != MK_GENERATION_2 || f->is_sps || f->version.major != IGNITION_MAJOR ||
        m->n_modules > MK_LIMIT_MODULES)
        return false;
    uint64_t tags = mk_mme_start(m) + ((uint64_t)m->n_modules + 1) * mk_mme_stride(m, 0);
    return mk_manifest_tag_find(m, tags, "$SKU", &sku) && sku.n == SKU_DWORDS_ME6 * 4 &&
           mk_span_u32(sku, 8) == 0;
}

bool firmware_classify(struct mk_firmware *f, struct mk_error *e) {
    struct mk_signature signature;
    f->boot = find_boot(f);
    f->is_sps = has_operational_code(&f->fpt);
    if (!f->boot || !f->boot->has_manifest)
        return true;
    if (!mk_signature_key(&f->boot->manifest, &signature, e))
        return false;
    f->key = signature.key;
    f->version = f->boot->manifest.version;
    f->is_sps = f->is_sps || mk_key_is_sps(f->key) || has_sps_extension(f->boot);
    f->generation = generation_of(f);
    f->family = family_of(f);
    f->is_ignition = is_ignition(f);
    return true;
}
