/* SPDX-License-Identifier: MIT */
/* Private to fpt-dump: what people ask for, beside the structures. Nothing of it is judged. */
#ifndef MEKIT_TOOLS_DUMP_FACTS_H
#define MEKIT_TOOLS_DUMP_FACTS_H

#include "tool.h"

#include <jansson.h>
#include <mekit/image/image.h>

/* ---- firmware.c ---- */

/* "production", "pre-production", "ROM bypass"; NULL: nothing tells. */
const char *facts_release(const struct mk_image *image);

/* Release, SKU, versions of the firmware of other parts of the chipset: a line each, in text; and
 * added to the object firmware. */
void facts_text_firmware(FILE *words, const struct mk_image *image);
void facts_json_firmware(json_t *firmware, const struct mk_image *image);

/* The manifest that tells what the firmware is, or NULL. */
const struct mk_manifest *facts_told_by(const struct mk_firmware *f);

/* ---- origin.c ---- */

enum facts_answer { FACTS_UNTOLD, FACTS_NO, FACTS_YES };

/* "part": of the firmware of another part of the chip, alone; "update": the engine's without a
 * table; "used region": a running engine has written to its file system; "configured region": FIT
 * has made its table; "region": neither, as Intel hands it out, or of an age that tells nothing. */
const char *facts_type(const struct mk_image *image);

/* What the region has behind the last byte that a table lists, which ends at *end,
 * region-relative: "nothing", "erased", "data". */
const char *facts_behind(const struct mk_image *image, uint64_t *end);

/* Type, FIT's version, production-ready, OEM's keys, unlock token, size. */
void facts_text_origin(FILE *words, const struct mk_image *image);
void facts_json_origin(json_t *firmware, const struct mk_image *image);

/* ---- host.c: Boot Guard, GbE, OEM section; identity: with what belongs to one machine ---- */

void facts_text_host(FILE *words, const struct mk_image *image, bool identity);
/* Adds boot_guard, gbe, oem. */
void facts_json_host(json_t *object, const struct mk_image *image, bool identity);

/* The maker of a flash chip by the first byte of its JEDEC id; "" where not known. */
const char *facts_chip_maker(unsigned id);

/* ---- identity.c ---- */

/* In words of text that may be a serial number, an UUID or a MAC (six digits or more) letters and
 * digits become x. */
void facts_blank(char *text);

#endif
