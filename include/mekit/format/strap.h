/* SPDX-License-Identifier: MIT */
/* The straps that turn the ME off, one row for each flavour of a platform, and the bits that other
 * tools set in places where they have no effect. */
#ifndef MEKIT_FORMAT_STRAP_H
#define MEKIT_FORMAT_STRAP_H

#include <mekit/base/api.h>
#include <mekit/format/platform.h>

MK_BEGIN_DECLS

/* How the ME is disabled by a strap. */
enum mk_disable_kind {
    MK_DISABLE_NONE,   /* no strap is known, or it is disputed */
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
    struct mk_bound isl;               /* the strap counts that the row is for */
    bool isl_excluded;                 /* the row is for all other counts */
    struct mk_guard guards[MK_GUARDS]; /* mask 0: unused */
    bool disputed;                     /* sources disagree: shown, never written */
    unsigned seen;                     /* number of real descriptors that fit guards and place */
    const char *source;
};

extern const struct mk_strap_row mk_strap_rows[];
extern const size_t mk_strap_row_count;

/* The strap word of a row, and its offset in the file. False: the descriptor has no such strap. */
bool mk_strap_read(const struct mk_descriptor *d, const struct mk_strap_row *row, uint32_t *value,
                   uint32_t *at);

/* Puts the rows (at most 2: ICH has two words) that match this descriptor exactly into rows and
 * returns their number; 0 if no flavour matches, or more than one. */
size_t mk_strap_match(const struct mk_descriptor *d, const struct mk_strap_row *rows[2]);

/* A place where another tool sets its soft-disable bit although this flavour has the bit elsewhere,
 * so that it has no effect. The row applies if (word & mask without the bit) == rest. */
struct mk_stray_row {
    const char *platform, *flavour; /* flavour NULL: any */
    uint32_t offset;                /* bytes from FPSBA */
    uint32_t bit, mask, rest;
    const char *tool; /* that sets it there */
};
/* The next stray bit of this descriptor, the word with that bit and its place; NULL: no more, or no
 * strap row matches. *i starts at 0. */
const struct mk_stray_row *mk_stray_next(const struct mk_descriptor *d, size_t *i, uint32_t *value,
                                         uint32_t *at);

enum mk_disable_state { MK_DISABLE_UNKNOWN, MK_DISABLE_CLEAR, MK_DISABLE_SET };
/* What the straps say now. *row: the row that matched; row may be NULL. Also UNKNOWN if that row is
 * disputed: nobody has shown what its bit does. */
enum mk_disable_state mk_strap_state(const struct mk_descriptor *d,
                                     const struct mk_strap_row **row);

MK_END_DECLS

#endif
