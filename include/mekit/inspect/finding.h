/* SPDX-License-Identifier: MIT */
/* Findings: what is wrong or odd in an image, as data. Every tool asks this one list before it
 * acts: report tools print it, filters refuse an operation that a finding blocks. */
#ifndef MEKIT_INSPECT_FINDING_H
#define MEKIT_INSPECT_FINDING_H

#include <mekit/base/api.h>
#include <mekit/base/error.h>

MK_BEGIN_DECLS

enum mk_severity {
    MK_NOTE,    /* worth knowing; healthy images have it too */
    MK_WARNING, /* odd: look before you flash */
    MK_DAMAGE   /* wrong: the verdict is no */
};
const char *mk_severity_name(enum mk_severity s); /* "note", "warning", "damage" */

/* What a tool is about to do: bits of a set. MK_OPERATIONS(X): X(name, bit, word). */
/* clang-format off */
#define MK_OPERATIONS(X)                                                                           \
    X(TAKE, 0, "take")             /* take a part out */                                           \
    X(ACCESS, 1, "access")         /* change who may access which region: FLMSTR, GPR0 */          \
    X(STRAP, 2, "strap")           /* set or clear the soft-disable strap */                       \
    X(DESCRIPTOR, 3, "descriptor") /* change anything else in the descriptor */                    \
    X(STRIP, 4, "strip")           /* remove firmware */                                           \
    X(RELOCATE, 5, "relocate")     /* move the boot partition */                                   \
    X(RECLAIM, 6, "reclaim")       /* change where regions begin and end */                        \
    X(REPLACE, 7, "replace")       /* replace a region's bytes */
/* clang-format on */

enum mk_operation {
#define X(name, bit, word) MK_TO_##name = 1 << (bit),
    MK_OPERATIONS(X)
#undef X
};
/* The word of one operation, which JSON has: "take"; NULL: there is no such bit. */
const char *mk_operation_name(unsigned operation);

#define MK_TO_EDIT_DESCRIPTOR (MK_TO_ACCESS | MK_TO_STRAP | MK_TO_DESCRIPTOR | MK_TO_RECLAIM)
#define MK_TO_EDIT_ME         (MK_TO_STRIP | MK_TO_RELOCATE)
#define MK_TO_EDIT            (MK_TO_EDIT_DESCRIPTOR | MK_TO_EDIT_ME | MK_TO_REPLACE)
#define MK_TO_ANYTHING        (MK_TO_TAKE | MK_TO_EDIT)

/* MK_FINDINGS(X): X(name, id, severity, blocked operations, may be accepted, exit when it blocks,
 * what to do next). A finding may get another severity or next step than its row has. */
#define MK_AGAIN "Read the flash again and compare two reads."
#define MK_FINDINGS(X)                                                                             \
    X(BLANK, "blank", DAMAGE, MK_TO_ANYTHING, false, UNRECOGNISED,                                 \
      "Check the clip, the power supply and the chip's name, then read again.")                    \
    X(SHIFTED_READ, "shifted-read", DAMAGE, MK_TO_ANYTHING, false, UNRECOGNISED, MK_AGAIN)         \
    X(BYTE_SWAPPED, "byte-swapped", DAMAGE, MK_TO_ANYTHING, false, UNRECOGNISED,                   \
      "Swap the bytes back, or read the chip with another programmer setting.")                    \
    X(WRONG_CHIP, "wrong-chip", DAMAGE, MK_TO_ANYTHING, false, UNRECOGNISED,                       \
      "Give the other chip, or both joined with the descriptor's chip first.")                     \
    X(SWAPPED_CHIPS, "swapped-chips", DAMAGE, MK_TO_ANYTHING, false, UNRECOGNISED,                 \
      "Join the chips in the other order.")                                                        \
    X(NOT_A_DUMP, "not-a-dump", DAMAGE, MK_TO_ANYTHING, false, UNRECOGNISED,                       \
      "Read the machine's flash chip; a scan lists the firmware inside this file.")                \
    X(PACKED, "packed", DAMAGE, MK_TO_ANYTHING, false, UNRECOGNISED, "Unpack it first.")           \
    X(TEXT_DUMP, "text-dump", DAMAGE, MK_TO_ANYTHING, false, UNRECOGNISED,                         \
      "Convert it to plain bytes first.")                                                          \
    X(SHORT_READ, "short-read", DAMAGE, 0, false, REFUSED,                                         \
      "Read the whole flash again and compare two reads before you continue.")                     \
    X(PARTIAL_FILE, "partial-file", NOTE, 0, false, REFUSED, "")                                   \
    X(ODD_SIZE, "odd-size", WARNING, 0, false, REFUSED, MK_AGAIN)                                  \
    X(STUCK_ADDRESS, "stuck-address", DAMAGE, MK_TO_ANYTHING, false, REFUSED, MK_AGAIN)            \
    X(STUCK_DATA, "stuck-data", DAMAGE, MK_TO_ANYTHING, false, REFUSED, MK_AGAIN)                  \
    X(CHIP_REPEATED, "chip-repeated", DAMAGE, 0, false, REFUSED, "Read the second chip again.")    \
    X(CHIP_BLANK, "chip-blank", WARNING, 0, false, REFUSED, "Read the second chip again.")         \
    X(REGION_BLANK, "region-blank", DAMAGE, 0, false, REFUSED, MK_AGAIN)                           \
    X(DESCRIPTOR_IMPOSSIBLE, "descriptor-impossible", DAMAGE, MK_TO_EDIT, false, REFUSED,          \
      MK_AGAIN)                                                                                    \
    X(REGIONS_OVERLAP, "regions-overlap", DAMAGE, MK_TO_EDIT_ME | MK_TO_RECLAIM, true, REFUSED,    \
      "Compare with another dump of this board.")                                                  \
    X(DESCRIPTOR_SIGNED, "descriptor-signed", WARNING, MK_TO_EDIT_DESCRIPTOR, true, REFUSED,       \
      "Leave the descriptor as it is.")                                                            \
    X(DESCRIPTOR_COPY, "descriptor-copy", NOTE, 0, false, REFUSED, "")                             \
    X(WRITE_PROTECTED, "write-protected", NOTE, 0, false, REFUSED,                                 \
      "Clear GPR0 too, or write the flash with a programmer.")                                     \
    X(STRAP_ELSEWHERE, "strap-elsewhere", WARNING, 0, false, REFUSED,                              \
      "Set the right strap; the stray bit does not disable the ME.")                               \
    X(SIGNATURE_INVALID, "signature-invalid", DAMAGE, MK_TO_EDIT_ME, false, REFUSED, MK_AGAIN)     \
    X(KEY_UNKNOWN, "key-unknown", NOTE, 0, false, REFUSED, "")                                     \
    X(TABLE_DAMAGED, "table-damaged", DAMAGE, MK_TO_EDIT_ME, false, REFUSED, MK_AGAIN)             \
    X(DIRECTORY_DAMAGED, "directory-damaged", DAMAGE, MK_TO_EDIT_ME, false, REFUSED, MK_AGAIN)     \
    X(LLUT_DAMAGED, "llut-damaged", DAMAGE, MK_TO_EDIT_ME, false, REFUSED, MK_AGAIN)               \
    X(BOOT_CODE_DAMAGED, "boot-code-damaged", DAMAGE, MK_TO_EDIT_ME, false, REFUSED, MK_AGAIN)     \
    X(CODE_DAMAGED, "code-damaged", DAMAGE, 0, false, REFUSED, MK_AGAIN)                           \
    X(BOOT_CODE_UNPROVEN, "boot-code-unproven", NOTE, 0, false, REFUSED,                           \
      "If it is Huffman code, a codebook may prove it: see mekit-codebooks(7).")                   \
    X(PARTITION_HASH, "partition-hash", NOTE, 0, false, REFUSED, "")                               \
    X(CONTRADICTION, "contradiction", WARNING, MK_TO_STRAP | MK_TO_STRIP, true, REFUSED,           \
      "Check that the descriptor and the ME region come from the same machine.")                   \
    X(SERVER_DESCRIPTOR, "server-descriptor", WARNING, MK_TO_STRAP, true, REFUSED,                 \
      "Leave a server's straps as they are.")                                                      \
    X(MIXED_VERSIONS, "mixed-versions", WARNING, 0, false, REFUSED,                                \
      "Compare with another dump of this board.")                                                  \
    X(MFS_DAMAGED, "mfs-damaged", WARNING, 0, false, REFUSED, MK_AGAIN)                            \
    X(MFS_IN_USE, "mfs-in-use", NOTE, 0, false, REFUSED, "")                                       \
    X(DEGUARDED, "deguarded", NOTE, MK_TO_RELOCATE, true, REFUSED, "Leave FTPR where it is.")      \
    X(COPIES, "copies", NOTE, 0, false, REFUSED, "")                                               \
    X(BOOT_GUARD, "boot-guard", NOTE, 0, false, REFUSED,                                           \
      "It is safer to set only the soft-disable strap.")

enum mk_finding_id {
#define X(name, ...) MK_FINDING_##name,
    MK_FINDINGS(X)
#undef X
        MK_FINDING_COUNT
};

const char *mk_finding_word(enum mk_finding_id id); /* "short-read" */

struct mk_finding {
    enum mk_finding_id id;
    enum mk_severity severity;
    uint64_t offset, length; /* in the file; MK_NOWHERE, 0: no single place */
    unsigned blocks;         /* set of mk_operation */
    char text[240];          /* one plain sentence about the image; masked */
    const char *next;        /* what to do; "" */
};

/* In the order in which they were found. Start with {0}, end with mk_findings_free. */
struct mk_findings {
    struct mk_finding *list; /* owned */
    size_t n;
};

/* Adds a finding with its row's severity, blocks and next; the caller may change those of
 * f->list[f->n - 1]. It keeps the same sentence at the same offset once, and at most
 * MK_LIMIT_FINDINGS findings of one id. False: MEMORY. */
bool mk_finding_add(struct mk_findings *f, enum mk_finding_id id, uint64_t offset, uint64_t length,
                    struct mk_error *e, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
void mk_findings_free(struct mk_findings *f);

/* The first finding of that id, or NULL. */
const struct mk_finding *mk_finding_find(const struct mk_findings *f, enum mk_finding_id id);
bool mk_findings_have(const struct mk_findings *f, enum mk_severity severity);

/* Ids that the user accepts: bit n is id n. */
typedef uint64_t mk_accepted;
/* Reads "ID[,ID]...". USAGE: no such id, or one that can't be accepted. */
bool mk_accepted_read(const char *text, mk_accepted *accepted, struct mk_error *e);

/* True if no finding says that the whole file is a bad dump. False: BAD_READ. */
bool mk_findings_readable(const struct mk_findings *f, struct mk_error *e);

/* True if no finding blocks an operation of that set. False: BAD_READ or BLOCKED, with the first
 * finding that blocks one; e->next points into that finding. */
bool mk_findings_allow(const struct mk_findings *f, unsigned operations, mk_accepted accepted,
                       struct mk_error *e);

MK_END_DECLS

#endif
