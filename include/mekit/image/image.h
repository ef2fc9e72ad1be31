/* SPDX-License-Identifier: MIT */
/* An image: a whole input file and everything that mekit recognised in it. All users treat it as
 * read-only. */
#ifndef MEKIT_IMAGE_IMAGE_H
#define MEKIT_IMAGE_IMAGE_H

#include <mekit/base/api.h>
#include <mekit/base/runner.h>
#include <mekit/format/descriptor.h>
#include <mekit/format/platform.h>
#include <mekit/image/firmware.h>

MK_BEGIN_DECLS

enum mk_image_kind {
    MK_IMAGE_FULL,       /* descriptor and more (both chips, or the bottom one) */
    MK_IMAGE_DESCRIPTOR, /* a lone descriptor */
    MK_IMAGE_REGION,     /* a bare ME region */
    MK_IMAGE_IFWI,       /* a bare region of CSME 12+, or the IFWI of TXE 3/4 */
    MK_IMAGE_PARTITION,  /* one partition: an update image */
};
const char *mk_image_kind_name(enum mk_image_kind kind); /* "full", "descriptor", ... */

enum mk_me_state {
    MK_ME_ABSENT,   /* not in the input: it is a lone descriptor, or it ends before the ME region */
    MK_ME_DISABLED, /* FLREG2 is unused */
    MK_ME_ERASED,   /* every byte is FF */
    MK_ME_FIRMWARE, /* generations 1 to 3: image.firmware is filled */
    MK_ME_CSE,      /* CSME 12+, TXE 3+: image.firmware is filled as far as it is there; mekit can't
                       strip it */
    MK_ME_UNKNOWN,  /* none of these: image.problem says why */
};

const char *mk_me_state_name(enum mk_me_state state); /* "absent", "disabled", ... "unknown" */

struct mk_image {
    struct mk_span bytes;
    enum mk_image_kind kind;
    bool has_descriptor;
    struct mk_descriptor descriptor;
    enum mk_me_state me;
    bool me_truncated;     /* the descriptor's ME region ends beyond the end of the file */
    bool in_bios;          /* FLREG2 is unused and region is the BIOS region: Apollo, Gemini Lake */
    bool blank_chip;       /* nothing but FF, and as large as flash chips are: not a region */
    struct mk_span region; /* the ME region, cut to the file; or the bare partition */
    struct mk_firmware firmware;
    struct mk_error problem; /* code MK_OK, or why the firmware can't be read */
    /* NULL: one thread does all. The caller may set it once the image is recognised; this runner
     * then unpacks and hashes modules. */
    const struct mk_runner *runner;
};

/* Recognises bytes. platform: NULL or an override. False: it recognises nothing (the error says
 * what it found and what to give instead). An all-FF file of a block (4 KiB) or more is an erased
 * region. A descriptor whose ME region is damaged is still an image: me is UNKNOWN, problem says
 * why. On success end with mk_image_free; bytes must outlive the image. */
bool mk_image_recognise(struct mk_span bytes, const char *platform, struct mk_image *image,
                        struct mk_error *e);
void mk_image_free(struct mk_image *image);

/* True if there is firmware to work on. False: e says why there is none. */
bool mk_image_has_firmware(const struct mk_image *image, struct mk_error *e);

/* Writes a range of the ME region as file offsets: "0x006000 - 0x00b000". Returns out. */
#define MK_PLACE_ROOM 48
char *mk_image_place(const struct mk_image *image, uint64_t start, uint64_t end,
                     char out[MK_PLACE_ROOM]);

/* Region n of the descriptor, cut to the file. False: unused, or it begins beyond the file's end.
 */
bool mk_image_region(const struct mk_image *image, unsigned n, struct mk_span *out);

MK_END_DECLS

#endif
