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
