/* SPDX-License-Identifier: MIT */
/* The flash map of coreboot and Chromium: it says where each area lies. Its areas SI_DESC, SI_ME
 * ... are the descriptor's regions under other names. Source: flashmap lib/fmap.h. */
#ifndef MEKIT_IMAGE_FMAP_H
#define MEKIT_IMAGE_FMAP_H

#include <mekit/base/api.h>
#include <mekit/base/field.h>

MK_BEGIN_DECLS

struct mk_fmap {
    struct mk_span bytes; /* head and areas */
    unsigned n;
};

struct mk_fmap_area {
    uint32_t offset, size;
    uint8_t name[32];
};

/* The first map in image whose areas all lie in image. False: none. */
bool mk_fmap_find(struct mk_span image, struct mk_fmap *fmap);

/* i < fmap->n. */
void mk_fmap_area(const struct mk_fmap *fmap, unsigned i, struct mk_fmap_area *area);

/* The name of a region number in that map: "SI_BIOS"; NULL: it has none. */
const char *mk_fmap_region(unsigned number);

MK_END_DECLS

#endif
