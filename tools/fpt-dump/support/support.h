/* SPDX-License-Identifier: MIT */
/* Private to fpt-dump: which operations work with which firmware and platform (--support). */
#ifndef MEKIT_TOOLS_SUPPORT_H
#define MEKIT_TOOLS_SUPPORT_H

#include "tool.h"

#include <mekit/format/strap.h>

/* The abilities of the tools for a kind of firmware. The printed table explains the words of a
 * column; tests/tool/report/support.sh tries each row on a forged image. */
struct support_row {
    const char *firmware;
    const char *verify, *prove, *strip, *relocate;
    bool has_strap, txe;    /* select its platforms, with majors */
    struct mk_bound majors; /* versions of ME or TXE */
};
extern const struct support_row support_rows[];
extern const size_t support_row_count;

/* "HAP", "disputed" or "none": how the platforms that run this firmware disable it. */
const char *support_disable(const struct support_row *row);

/* The firmware that a platform runs, as "ME 7-8"; empty: unknown. */
#define SUPPORT_ROOM 24
const char *support_firmware(const struct mk_platform *p, char out[SUPPORT_ROOM]);

/* Prints the tables to standard output, or as JSON. Returns the exit status. */
int support_print(struct tool_run *run);

#endif
