/* SPDX-License-Identifier: MIT */
#include <mekit/format/extension.h>

#define HEADER           8u
#define LISTED_HASH_AT   0x14u
#define HASHES_384       3u /* number of the algorithm SHA-384; 2: SHA-256 */
#define KEYS_AT          0x24u
#define KEY_HASH_AT      0x24u
#define KEYS_V2_COUNT    0x1Bu
#define KEYS_V2_AT       0x1Cu
#define KEY_V2_HASH_AT   0x08u
#define BITMAP_BITS      128u
#define IUNIT_TYPE_AT    0x08u
#define IUNIT_COMPONENTS 2u /* image type with hashes of components */

const struct mk_field mk_attribute_fields[MK_ATTRIBUTE_FIELDS] = {
    [MK_ATTRIBUTE_COMPRESSION] = {"compression", 0x08, 1, 0, 0, "0 none, 1 Huffman, 2 LZMA"},
    [MK_ATTRIBUTE_ENCRYPTION] = {"encryption", 0x09, 1, 0, 0, "0 none"},
    [MK_ATTRIBUTE_CODE_SIZE] = {"uncompressed size", 0x0C, 4, 0, 0, "bytes"},
    [MK_ATTRIBUTE_STORED_SIZE] = {"stored size", 0x10, 4, 0, 0, "bytes"},
};

const struct mk_field mk_client_fields[MK_CLIENT_FIELDS] = {
    [MK_CLIENT_SKU] = {"SKU", 0x28, 4, 4, 3, "0 COR, 1 CON, 2 SLM, 3 SVR, 5 Chrome"},
};

const struct mk_field mk_package_fields[MK_PACKAGE_FIELDS] = {
    [MK_PACKAGE_NAME] = {"name", 0x08, 4, 0, 0, "partition"},
    [MK_PACKAGE_VCN] = {"VCN", 0x0C, 4, 0, 0, "version control number"},
    [MK_PACKAGE_ARB_SVN] = {"ARB SVN", 0x20, 4, 0, 0, "anti-rollback security version"},
    [MK_PACKAGE_SKU] = {"SKU", 0x25, 1, 0, 0, "1 COR, 2 CON, 3 SLM, 4 LIT, 5 SVR, 6 Chrome"},
};

bool mk_extension_next(struct mk_span chain, uint64_t *cursor, uint32_t *type,
                       struct mk_span *extension, bool *broken) {
    struct mk_span head;
    *broken = false;
    if (*cursor >= chain.n)
        return false;
    *broken = !mk_span_cut(chain, *cursor, 8, &head) || mk_span_u32(head, 4) < 8 ||
              !mk_span_cut(chain, *cursor, mk_span_u32(head, 4), extension);
    if (*broken)
        return false;
    *type = mk_span_u32(head, 0);
    *cursor += extension->n;
    return true;
}

bool mk_extension_find(struct mk_span chain, uint32_t type, struct mk_span *extension) {
    uint64_t cursor = 0;
    uint32_t found;
    bool broken;
    while (mk_extension_next(chain, &cursor, &found, extension, &broken))
        if (found == type)
            return true;
    return false;
}

static bool is_hash_size(uint64_t n) {
    return n == MK_HASH_256 || n == MK_HASH_384;
}

static struct mk_span hash_at(struct mk_span extension, uint64_t at, uint64_t size) {
    struct mk_span hash = mk_span_clip(extension, at, size);
    return hash.n == size ? hash : mk_span_clip(extension, extension.n, 0);
}

struct mk_span mk_attribute_hash(struct mk_span extension) {
    uint64_t size = extension.n - mk_span_clip(extension, 0, MK_ATTRIBUTE_HASH_AT).n;
    return hash_at(extension, MK_ATTRIBUTE_HASH_AT, is_hash_size(size) ? size : 0);
}

bool mk_partition_hash_read(struct mk_span extension, uint32_t type, uint64_t hash_size,
                            struct mk_partition_hash *out) {
    static const uint64_t hash_256_at = 0x10, hash_16_at = 0x24;
    bool ifwi = type == MK_EXTENSION_IFWI_PARTITION_INFO;
    if ((!ifwi && type != MK_EXTENSION_PARTITION_INFO) || extension.n < 0x24)
        return false;
    uint64_t n = ifwi ? mk_span_u32(extension, 0x20) >> 8 : hash_size;
    out->size = mk_span_u32(extension, 0x0C);
    out->hash = hash_at(extension, ifwi ? hash_16_at : hash_256_at, is_hash_size(n) ? n : 0);
    return out->hash.n > 0;
}

bool mk_partition_vcn_read(struct mk_span chain, uint32_t *vcn) {
    static const uint64_t vcn_at = 0x30, least = 0x58;
    struct mk_span extension;
    if (!mk_extension_find(chain, MK_EXTENSION_PARTITION_INFO, &extension) || extension.n < least)
        return false;
    *vcn = mk_span_u32(extension, vcn_at);
    return true;
}

static uint64_t hash_size_by_number(unsigned algorithm) {
    return algorithm == HASHES_384 ? MK_HASH_384 : algorithm == 2 ? MK_HASH_256 : 0;
}

/* The lists differ only in their start, and in how entries give the size of their hash. */
bool mk_listed_next(struct mk_span extension, uint32_t type, uint64_t hash_size, uint64_t *cursor,
                    struct mk_listed *out) {
    struct mk_span head = {0};
    bool old = type == MK_EXTENSION_PARTITION_INFO, v2 = type == MK_EXTENSION_PACKAGE_INFO_V2;
    if (*cursor == 0)
        *cursor = old                                 ? hash_size + 0x38u
                  : type == MK_EXTENSION_PACKAGE_INFO ? MK_PACKAGE_SIZE
                  : v2                                ? MK_PACKAGE_V2_SIZE
                                                      : UINT64_MAX;
    if (!mk_span_cut(extension, *cursor, LISTED_HASH_AT, &head))
        return false;
    uint64_t n = old  ? hash_size
                 : v2 ? hash_size_by_number(mk_span_u8(head, 0x0D))
                      : mk_span_u16(head, 0x0E);
    if (!is_hash_size(n) || !mk_span_cut(extension, *cursor + LISTED_HASH_AT, n, &out->hash))
        return false;
    out->name = mk_span_clip(head, 0, MK_LISTED_NAME);
    *cursor += LISTED_HASH_AT + n;
    return true;
}

/* The three kinds of lists: offset of the list, and bytes before and after an entry's hash. */
static const struct list_shape {
    uint32_t first, last;
    uint64_t at, head, rest;
} list_shapes[] = {
    {MK_EXTENSION_TYPE_C, MK_EXTENSION_TYPE_C_LAST, 0x0C, 12, 0},
    {MK_EXTENSION_IUNIT, MK_EXTENSION_IUNIT, 0x1C, 12, 0x18},
    {MK_EXTENSION_BOOT_POLICY, MK_EXTENSION_BOOT_POLICY, 0x0C, 8, 0},
};

static const struct list_shape *shape_of(uint32_t type) {
    for (size_t i = 0; i < sizeof list_shapes / sizeof *list_shapes; i++)
        if (type >= list_shapes[i].first && type <= list_shapes[i].last)
            return &list_shapes[i];
    return NULL;
}

/* Camera firmware gives only the length of the whole list, not the size of a hash. */
static uint64_t iunit_hash_size(const struct list_shape *shape, uint64_t left) {
    return left % (shape->head + MK_HASH_384 + shape->rest) == 0 ? MK_HASH_384 : MK_HASH_256;
}

static uint64_t known_hash_size(const struct list_shape *shape, struct mk_span entry,
                                uint64_t left) {
    switch (shape->first) {
    case MK_EXTENSION_TYPE_C:
        return mk_span_u32(entry, 8);
    case MK_EXTENSION_BOOT_POLICY:
        return mk_span_u32(entry, 4);
    default:
        return iunit_hash_size(shape, left);
    }
}

static bool has_components(struct mk_span extension, const struct list_shape *shape, uint64_t n) {
    return shape->first == MK_EXTENSION_IUNIT &&
           mk_span_u32(extension, IUNIT_TYPE_AT) == IUNIT_COMPONENTS &&
           extension.n != shape->at + shape->head + n + shape->rest;
}

bool mk_known_hash_next(struct mk_span extension, uint32_t type, uint64_t *cursor,
                        struct mk_known_hash *out) {
    const struct list_shape *shape = shape_of(type);
    struct mk_span entry;
    if (!shape)
        return false;
    bool first = *cursor == 0;
    if (first)
        *cursor = shape->at;
    if (!mk_span_cut(extension, *cursor, shape->head, &entry))
        return false;
    uint64_t n = known_hash_size(shape, entry, extension.n - *cursor);
    if (!is_hash_size(n) || !mk_span_cut(extension, *cursor + shape->head, n, &out->hash) ||
        has_components(extension, shape, n))
        return false;
    bool sized = shape->first == MK_EXTENSION_IUNIT &&
                 mk_span_u32(extension, IUNIT_TYPE_AT) == IUNIT_COMPONENTS;
    out->size = sized ? mk_span_u32(entry, 4) : 0;
    out->kind = shape->first == MK_EXTENSION_TYPE_C ? mk_span_u32(entry, 0)
                : first                             ? 0
                                                    : out->kind + 1;
    *cursor += shape->head + n + shape->rest;
    return true;
}

static bool key_v2_next(struct mk_span extension, uint64_t *cursor, struct mk_key_listed *out) {
    struct mk_span head;
    uint64_t entry = KEY_V2_HASH_AT + MK_HASH_384;
    if (*cursor == 0)
        *cursor = KEYS_V2_AT;
    if (!mk_span_cut(extension, *cursor, KEY_V2_HASH_AT, &head) ||
        (*cursor - KEYS_V2_AT) / entry >= mk_span_u8(extension, KEYS_V2_COUNT))
        return false;
    uint64_t n = hash_size_by_number(mk_span_u8(head, 3));
    if (n != MK_HASH_384 || !mk_span_cut(extension, *cursor + KEY_V2_HASH_AT, n, &out->hash))
        return false;
    out->usage = mk_span_u16(head, 0);
    out->usages = mk_span_clip(head, 0, 0);
    *cursor += entry;
    return true;
}

bool mk_key_listed_next(struct mk_span extension, uint64_t *cursor, struct mk_key_listed *out) {
    struct mk_span head;
    if (extension.n >= HEADER && mk_span_u32(extension, 0) == MK_EXTENSION_KEYS_V2)
        return key_v2_next(extension, cursor, out);
    if (*cursor == 0)
        *cursor = KEYS_AT;
    if (!mk_span_cut(extension, *cursor, KEY_HASH_AT, &head))
        return false;
    uint64_t n = mk_span_u16(head, 0x22);
    if (!is_hash_size(n) || !mk_span_cut(extension, *cursor + KEY_HASH_AT, n, &out->hash))
        return false;
    out->usages = mk_span_clip(head, 0, BITMAP_BITS / 8);
    out->usage = -1;
    *cursor += KEY_HASH_AT + n;
    return true;
}

int mk_key_usage_next(const struct mk_key_listed *key, int from) {
    if (key->usage < 0)
        return mk_usage_next(key->usages, from);
    return key->usage >= from ? key->usage : -1;
}

int mk_usage_next(struct mk_span usages, int from) {
    for (unsigned bit = (unsigned)from; bit < BITMAP_BITS && bit / 8 < usages.n; bit++)
        if (mk_span_u8(usages, bit / 8) >> bit % 8 & 1)
            return (int)bit;
    return -1;
}

const char *mk_usage_name(int usage) {
    static const struct {
        int usage;
        const char *name;
    } names[] = {
        {0, "FTPR, RBEP"},
        {1, "NFTP"},
        {2, "PMCP"},
        {6, "IOMP"},
        {7, "NPHY"},
        {8, "TBTP"},
        {9, "WCOD"},
        {10, "LOCL"},
        {11, "Intel unlock token"},
        {13, "SPHY"},
        {14, "PCHC"},
        {19, "GBST"},
        {32, "boot policy"},
        {33, "iUnit"},
        {34, "iUnit"},
        {35, "cAVS"},
        {36, "cAVS"},
        {37, "IFWI"},
        {40, "SMIP"},
        {41, "ISH main"},
        {42, "ISH bring-up"},
        {45, "OEM key"},
        {43, "OEM unlock token"},
        {57, "descriptor"},
        {104, "HUCP"},
        {105, "HUCP"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].usage == usage)
            return names[i].name;
    return "?";
}
