/* SPDX-License-Identifier: MIT */
#include <mekit/format/host/fit.h>

#define TOP         (UINT64_C(1) << 32)
#define POINTER     0x40u /* bytes below 4 GiB */
#define ENTRY       16u
#define TYPE_AT     14u
#define CHECKSUM_IN 0x80u /* bit of the type: the checksum is valid */

#define ACM_HEAD   0x20u
#define ACM_TYPE   2u
#define ACM_VENDOR 0x8086u

static uint32_t u24(struct mk_span s, uint64_t at) {
    return mk_span_u32(s, at) & 0xFFFFFFu;
}

static bool bytes_at(struct mk_span bios, uint64_t address, struct mk_span *out) {
    if (address >= TOP || TOP - address > bios.n)
        return false;
    *out = mk_span_clip(bios, bios.n - (TOP - address), bios.n);
    return true;
}

bool mk_fit_bytes(struct mk_span bios, const struct mk_fit_entry *entry, struct mk_span *out) {
    return bytes_at(bios, entry->address, out);
}

static void read_entry(struct mk_span raw, struct mk_fit_entry *entry) {
    entry->address = mk_span_u64(raw, 0);
    entry->size = u24(raw, 8);
    entry->version = mk_span_u16(raw, 12);
    entry->type = mk_span_u8(raw, TYPE_AT) & ~CHECKSUM_IN;
}

bool mk_fit_read(struct mk_span bios, struct mk_fit *fit) {
    struct mk_span pointer, s, table, raw;
    if (!mk_span_cut(bios, bios.n - (bios.n < POINTER ? bios.n : POINTER), 4, &pointer) ||
        bios.n < POINTER || !bytes_at(bios, mk_span_u32(pointer, 0), &s) ||
        !mk_span_has(s, 0, "_FIT_   ", 8) || !mk_span_cut(s, 0, ENTRY, &table))
        return false;
    *fit = (struct mk_fit){.at = s.at};
    uint64_t n = u24(table, 8);
    fit->has_checksum = mk_span_u8(table, TYPE_AT) & CHECKSUM_IN;
    fit->checksum_right = mk_span_cut(s, 0, n * ENTRY, &table) && (mk_span_sum(table) & 0xFF) == 0;
    for (uint64_t i = 1; i < n && fit->n < MK_LIMIT_FIT_ENTRIES; i++) {
        if (!mk_span_cut(s, i * ENTRY, ENTRY, &raw))
            break;
        read_entry(raw, &fit->entries[fit->n++]);
    }
    return true;
}

bool mk_acm_read(struct mk_span s, struct mk_acm *acm) {
    struct mk_span head;
    if (!mk_span_cut(s, 0, ACM_HEAD, &head) || mk_span_u16(head, 0) != ACM_TYPE ||
        mk_span_u32(head, 0x10) != ACM_VENDOR)
        return false;
    *acm = (struct mk_acm){.date = mk_span_u32(head, 0x14),
                           .size = 4 * (uint64_t)mk_span_u32(head, 0x18),
                           .svn = mk_span_u16(head, 0x1C),
                           .se_svn = mk_span_u16(head, 0x1E)};
    return true;
}

/* Offsets of revision, SVN and the number after them in the two generations of the structures. */
static bool read_manifest(struct mk_span s, const char *tag, uint64_t first, uint64_t second,
                          struct mk_boot_manifest *m, unsigned *last) {
    struct mk_span head;
    *m = (struct mk_boot_manifest){.version = 0};
    if (!mk_span_has(s, 0, tag, 8) || !mk_span_cut(s, 0, second + 3, &head))
        return false;
    m->version = mk_span_u8(head, 8);
    unsigned generation = m->version >> 4;
    if (generation != 1 && generation != 2)
        return true;
    uint64_t at = generation == 1 ? first : second;
    m->revision = mk_span_u8(head, at);
    m->svn = mk_span_u8(head, at + 1);
    *last = mk_span_u8(head, at + 2);
    return true;
}

bool mk_key_manifest_read(struct mk_span s, struct mk_boot_manifest *m) {
    unsigned id = 0;
    bool read = read_manifest(s, "__KEYM__", 0x09, 0x11, m, &id);
    m->id = id;
    return read;
}

bool mk_boot_policy_read(struct mk_span s, struct mk_boot_manifest *m) {
    unsigned svn = 0;
    bool read = read_manifest(s, "__ACBP__", 0x0A, 0x0E, m, &svn);
    m->acm_svn = svn;
    return read;
}
