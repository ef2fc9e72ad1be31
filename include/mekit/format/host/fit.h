/* SPDX-License-Identifier: MIT */
/* The firmware interface table of the host's firmware: where ACM, key manifest and boot policy of
 * Boot Guard are. A pointer to it stands 0x40 below 4 GiB, where the BIOS region ends. Source:
 * Intel's Firmware Interface Table BIOS specification; the manifests' shapes: coreboot, converged
 * security suite. Not seen in a real image here. */
#ifndef MEKIT_FORMAT_HOST_FIT_H
#define MEKIT_FORMAT_HOST_FIT_H

#include <mekit/base/api.h>
#include <mekit/base/limit.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

enum mk_fit_type {
    MK_FIT_HEADER = 0x00,
    MK_FIT_MICROCODE = 0x01,
    MK_FIT_ACM = 0x02,
    MK_FIT_KEY_MANIFEST = 0x0B,
    MK_FIT_BOOT_POLICY = 0x0C,
};

struct mk_fit_entry {
    unsigned type;    /* 7 bits */
    uint64_t address; /* below 4 GiB; as stored: mk_fit_bytes bounds it */
    uint32_t size;    /* as stored, in units of 16 bytes for most types */
    unsigned version; /* BCD, 0x0100 */
};

struct mk_fit {
    uint64_t at; /* in the file */
    bool has_checksum, checksum_right;
    unsigned n; /* entries, the header not counted */
    struct mk_fit_entry entries[MK_LIMIT_FIT_ENTRIES];
};

/* bios: the bytes that end at 4 GiB. False: no table stands where the pointer leads to. What is
 * beyond the bytes or above MK_LIMIT_FIT_ENTRIES is left out. */
bool mk_fit_read(struct mk_span bios, struct mk_fit *fit);

/* From an entry's address to the end of bios. False: it does not lie there. */
bool mk_fit_bytes(struct mk_span bios, const struct mk_fit_entry *entry, struct mk_span *out);

/* ---- what entries lead to; False: something else ---- */

struct mk_acm {
    uint32_t date; /* BCD yyyymmdd */
    uint64_t size; /* bytes, as stored */
    unsigned svn, se_svn;
};
bool mk_acm_read(struct mk_span s, struct mk_acm *acm);

/* Key manifest ("__KEYM__") and boot policy ("__ACBP__"). version: of the structure, 0x10 or 0x21;
 * of other versions the rest is 0. */
struct mk_boot_manifest {
    unsigned version, revision, svn;
    unsigned id;      /* key manifest */
    unsigned acm_svn; /* boot policy: the least one that it takes */
};
bool mk_key_manifest_read(struct mk_span s, struct mk_boot_manifest *m);
bool mk_boot_policy_read(struct mk_span s, struct mk_boot_manifest *m);

MK_END_DECLS

#endif
