/* SPDX-License-Identifier: MIT */
/* The straps that turn the ME off: a row for each flavour of a platform, and bits that other tools
 * set where they have no effect. */
#ifndef MEKIT_FORMAT_STRAP_H
#define MEKIT_FORMAT_STRAP_H

#include <mekit/base/api.h>
#include <mekit/format/platform.h>

MK_BEGIN_DECLS

/* How the ME is disabled by a strap. */
enum mk_disable_kind {
    MK_DISABLE_NONE,   /* no strap known, or disputed */
    MK_DISABLE_ME,     /* MeDisable */
    MK_DISABLE_ALT_ME, /* AltMeDisable */
    MK_DISABLE_HAP     /* HAP, High Assurance Platform */
};
const char *mk_disable_name(enum mk_disable_kind kind); /* "AltMeDisable" */

/* A word that must hold a value before a strap is written: (word & mask) == value. */
struct mk_guard {
    uint32_t offset; /* bytes from FPSBA */
    uint32_t mask, value;
};

#define MK_GUARDS 4

struct mk_strap_row {
    const char *platform; /* platform row it belongs to */
    const char *flavour;  /* "CNP-LP": the guards tell flavours apart */
    enum mk_disable_kind kind;
    bool cpu;                          /* the strap is a CPU strap (FMSBA) */
    uint32_t offset;                   /* bytes from FPSBA (or FMSBA) */
    uint32_t mask;                     /* the bit */
    struct mk_bound isl;               /* strap count that must hold */
    bool isl_excluded;                 /* any count but those */
    struct mk_guard guards[MK_GUARDS]; /* mask 0: unused */
    bool disputed;                     /* sources disagree: shown, never written */
    unsigned seen;                     /* real descriptors that the guards and the place hold for */
    const char *source;
};

extern const struct mk_strap_row mk_strap_rows[];
extern const size_t mk_strap_row_count;

/* The strap word of a row, and its offset in the file. False: the descriptor has no such strap. */
bool mk_strap_read(const struct mk_descriptor *d, const struct mk_strap_row *row, uint32_t *value,
                   uint32_t *at);

/* The rows (at most 2: ICH has two words) that match this descriptor exactly; 0 if none or more
 * than one flavour matches. Returns how many were put into rows. */
size_t mk_strap_match(const struct mk_descriptor *d, const struct mk_strap_row *rows[2]);

/* A place where another tool sets its bit for soft-disable, on a flavour that has it elsewhere: the
 * bit has no effect there. It is one where (word & mask without the bit) == rest. */
struct mk_stray_row {
    const char *platform, *flavour; /* flavour NULL: any */
    uint32_t offset;                /* bytes from FPSBA */
    uint32_t bit, mask, rest;
    const char *tool; /* what sets it there */
};
/* The next stray bit of this descriptor, the word that has it and its place; NULL: no more. *i
 * starts at 0. None where no strap row matches. */
const struct mk_stray_row *mk_stray_next(const struct mk_descriptor *d, size_t *i, uint32_t *value,
                                         uint32_t *at);

enum mk_disable_state { MK_DISABLE_UNKNOWN, MK_DISABLE_CLEAR, MK_DISABLE_SET };
/* What the straps say now; *row (may be NULL): the row that matched. UNKNOWN, too, where that is
 * disputed: nobody has shown what the bit does there. */
enum mk_disable_state mk_strap_state(const struct mk_descriptor *d,
                                     const struct mk_strap_row **row);

MK_END_DECLS

#endif
