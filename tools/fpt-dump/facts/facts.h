/* SPDX-License-Identifier: MIT */
/* Private to fpt-dump: facts that people ask for besides the structures, without a judgement. */
#ifndef MEKIT_TOOLS_DUMP_FACTS_H
#define MEKIT_TOOLS_DUMP_FACTS_H

#include "tool.h"

#include <jansson.h>
#include <mekit/image/image.h>

/* ---- firmware.c ---- */

/* "production", "pre-production", "ROM bypass"; NULL: unknown. */
const char *facts_release(const struct mk_image *image);

/* Release, SKU, and firmware versions of other parts of the chipset: text prints a line for each,
 * json adds them to the object firmware. */
void facts_text_firmware(FILE *words, const struct mk_image *image);
void facts_json_firmware(json_t *firmware, const struct mk_image *image);

/* The manifest that identifies the firmware, or NULL. */
const struct mk_manifest *facts_told_by(const struct mk_firmware *f);

/* ---- origin.c ---- */

enum facts_answer { FACTS_UNTOLD, FACTS_NO, FACTS_YES };

/* "part": lone firmware of another part of the chip; "update": the engine's firmware without a
 * table; "used region": a running engine has written to its file system; "configured region": FIT
 * made its table; "region": none of these, as Intel hands it out, or too old to show it. */
const char *facts_type(const struct mk_image *image);

/* The content of the region after the last byte that a table lists: "nothing", "erased", "data".
 * *end: the end of that byte, region-relative. */
const char *facts_behind(const struct mk_image *image, uint64_t *end);

/* Type, FIT's version, production-ready, OEM's keys, unlock token, size. */
void facts_text_origin(FILE *words, const struct mk_image *image);
void facts_json_origin(json_t *firmware, const struct mk_image *image);

/* ---- host.c: Boot Guard, GbE, OEM section; identity: include the data that identify one machine
 * ---- */

void facts_text_host(FILE *words, const struct mk_image *image, bool identity);
/* Adds boot_guard, gbe, oem. */
void facts_json_host(json_t *object, const struct mk_image *image, bool identity);

/* The maker of a flash chip by the first byte of its JEDEC id; "": unknown. */
const char *facts_chip_maker(unsigned id);

/* ---- identity.c ---- */

/* Replaces letters and digits by x in words of text that may be a serial number, a UUID or a MAC
 * (six digits or more). */
void facts_blank(char *text);

#endif
