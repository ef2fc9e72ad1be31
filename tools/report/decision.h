/* SPDX-License-Identifier: MIT */
/* The decisions of a plan, as JSON and as a summary that an owner understands. */
#ifndef MEKIT_TOOLS_DECISION_H
#define MEKIT_TOOLS_DECISION_H

#include "tool.h"

#include <jansson.h>
#include <mekit/action/plan.h>

/* The kind of a descriptor's word. */
enum decision_word { WORD_ACCESS, WORD_REGION, WORD_STRAP, WORD_OTHER };
/* Its field name (FLMSTR1, FLREG2, PCHSTRP10, CPUSTRP0, or "descriptor"), and the number of that
 * master, region or strap, from 0. */
#define DECISION_NAME_ROOM 24
enum decision_word decision_word_find(const struct mk_descriptor *d, const struct mk_decision *word,
                                      char name[DECISION_NAME_ROOM], unsigned *number);

/* {partitions, modules, access, regions, straps, words, moves, signature, minimum_size} */
json_t *decision_json(const struct mk_image *image, const struct mk_plan *plan);

/* Prints a line each for removed, kept, written and checked parts. */
void decision_text(FILE *words, const struct mk_image *image, const struct mk_plan *plan);

#endif
