/* SPDX-License-Identifier: MIT */
/* The firmware interface table (FIT) of the host's firmware. It says where ACM, key manifest and
 * boot policy of Boot Guard are. A pointer to it is 0x40 below 4 GiB; the BIOS region ends at 4
 * GiB. Source: Intel's Firmware Interface Table BIOS specification; the manifests' shapes:
 * coreboot, converged security suite. Not checked on a real image. */
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
    uint64_t address; /* below 4 GiB; as stored: mk_fit_bytes checks it */
    uint32_t size;    /* as stored, in units of 16 bytes for most types */
    unsigned version; /* BCD, 0x0100 */
};

struct mk_fit {
    uint64_t at; /* in the file */
    bool has_checksum, checksum_right;
    unsigned n; /* number of entries without the header */
    struct mk_fit_entry entries[MK_LIMIT_FIT_ENTRIES];
};

/* bios: the bytes that end at 4 GiB. False: the pointer leads to no table. It leaves out entries
 * beyond bios or above MK_LIMIT_FIT_ENTRIES. */
bool mk_fit_read(struct mk_span bios, struct mk_fit *fit);

/* The bytes from an entry's address to the end of bios. False: the address is outside bios. */
bool mk_fit_bytes(struct mk_span bios, const struct mk_fit_entry *entry, struct mk_span *out);

/* ---- the structures that entries lead to; False: it is another structure ---- */

struct mk_acm {
    uint32_t date; /* BCD yyyymmdd */
    uint64_t size; /* bytes, as stored */
    unsigned svn, se_svn;
};
bool mk_acm_read(struct mk_span s, struct mk_acm *acm);

/* Key manifest ("__KEYM__") and boot policy ("__ACBP__"). version: that of the structure, 0x10 or
 * 0x21; for other versions the other fields are 0. */
struct mk_boot_manifest {
    unsigned version, revision, svn;
    unsigned id;      /* key manifest */
    unsigned acm_svn; /* boot policy: the lowest one that it accepts */
};
bool mk_key_manifest_read(struct mk_span s, struct mk_boot_manifest *m);
bool mk_boot_policy_read(struct mk_span s, struct mk_boot_manifest *m);

MK_END_DECLS

#endif
