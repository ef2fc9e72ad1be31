/* SPDX-License-Identifier: MIT */
/* Sets fields of the descriptor: chips, clocks, PCH straps, the VSCC table, GPR0. */
#ifndef MEKIT_ACTION_SET_H
#define MEKIT_ACTION_SET_H

#include <mekit/action/plan.h>
#include <mekit/base/api.h>
#include <mekit/image/image.h>

MK_BEGIN_DECLS

#define MK_DENSITY_NONE UINT64_MAX /* no such chip */

struct mk_strap_value {
    uint32_t number; /* of the PCH strap, from 0 */
    uint32_t value;
};

struct mk_set_options {
    unsigned chips;      /* 1 or 2; 0: unchanged */
    uint64_t density[2]; /* bytes of the first and second chip; 0: unchanged */
    bool density_of_all; /* density[0] is for every chip that the descriptor has */
    unsigned
        spi_clock;   /* MHz, for fast read, write and erase, read of id and status; 0: unchanged */
    bool em100;      /* for Dediprog's emulator: the slowest clock, no dual output fast read */
    bool clear_vscc; /* empty the VSCC table of flash chips that the ME knows */
    bool clear_gpr0; /* as mk_gpr0_clear */
    const struct mk_strap_value *straps;
    size_t n_straps;
};

/* A remark gives each old value. NO_DESCRIPTOR; USAGE if no field is given, or one field twice;
 * UNFIT for a value that the platform's field can't hold, a strap that does not exist, and chips
 * that are too small for the regions; PLATFORM if a field's codes are unknown. */
bool mk_set_plan(const struct mk_image *image, const struct mk_set_options *options,
                 struct mk_plan *plan, struct mk_error *e);

MK_END_DECLS

#endif
