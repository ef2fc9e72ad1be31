#include "tree.h"

#include <string.h>

/* What key lists of RBEP call the media firmware of graphics (HUCP). */
#define GRAPHICS_USAGE 104

bool is_lone(const struct mk_firmware *f) {
    return f->n_partitions == 1 && f->fpt.n == 0 && f->layout.version == MK_IFWI_NONE;
}

/* A partition of its own, which another processor of the chip loads. */
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
    if (memcmp(boot->name, "RBEP", sizeof boot->name) != 0 || !boot->has_manifest ||
        !mk_extension_find(boot->manifest.body, MK_EXTENSION_KEYS_V2, &extension))
        return false;
    while (mk_key_listed_next(extension, &cursor, &key))
        if (key.usage == GRAPHICS_USAGE)
            return true;
    return false;
}

const char *family_other(const struct mk_firmware *f) {
    bool tables = f->layout.version != MK_IFWI_NONE;
    if ((f->key && strcmp(f->key->variant, "GSC") == 0) ||
        (tables && mk_partition_find(f, "GSCI")) || (tables && f->boot && allows_graphics(f->boot)))
        return "GSC";
    return is_lone(f) ? family_by_name(f->partitions[0].name) : NULL;
}
