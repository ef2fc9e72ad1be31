/* SPDX-License-Identifier: MIT */
#include "inspect.h"
#include <mekit/format/structure.h>

#include <stdio.h>

#define STEP 4u /* all these structures begin at multiples of this */

/* A structure, the bytes before its tag, and a check: the four bytes alone also occur by chance, or
 * in code that searches for them. */
struct copy_kind {
    enum mk_structure_id id;
    uint32_t before;
    bool (*is_real)(const struct mk_image *image, struct mk_span found, char *what, size_t room);
};

static bool is_descriptor(const struct mk_image *image, struct mk_span found, char *what,
                          size_t room) {
    struct mk_descriptor d;
    snprintf(what, room, "a flash descriptor");
    return !(image->has_descriptor && found.at == 0) && mk_descriptor_read(found, NULL, &d, NULL);
}

static bool is_table(const struct mk_image *image, struct mk_span found, char *what, size_t room) {
    struct mk_fpt fpt;
    const struct mk_firmware *f = &image->firmware;
    uint64_t first = image->region.at + image->firmware.fpt_base + f->fpt.at;
    bool shown = f->fpt.n > 0 &&
                 (found.at == first || (f->has_backup && found.at == first + MK_FPT_BACKUP_AT));
    if (shown || !mk_fpt_read(found, &fpt, NULL) || fpt.n == 0)
        return false;
    snprintf(what, room, "a $FPT of %u entries", fpt.n);
    return true;
}

static bool is_manifest(const struct mk_image *image, struct mk_span found, char *what,
                        size_t room) {
    struct mk_manifest m;
    char version[MK_VERSION_ROOM];
    bool inside = found.at >= image->region.at && found.at - image->region.at < image->region.n;
    if ((inside && image->firmware.n_partitions > 0) || !mk_manifest_read(found, &m, NULL))
        return false;
    snprintf(what, room, "a manifest, version %s", mk_version_text(m.version, version));
    return true;
}

static const struct copy_kind kinds[] = {
    {MK_STRUCTURE_MAP, 0x10, is_descriptor},
    {MK_STRUCTURE_FPT, 0, is_table},
    {MK_STRUCTURE_MN2, 0, is_manifest},
    {MK_STRUCTURE_MAN, 0, is_manifest},
};

static bool copy_at(const struct mk_image *image, uint64_t at, struct mk_span *found, char *what,
                    size_t room) {
    uint32_t word = mk_span_u32(image->bytes, at);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct mk_structure *s = &mk_structures[kinds[i].id];
        uint32_t before = s->tag_at + kinds[i].before;
        if (word != s->tag || at < before)
            continue;
        *found = mk_span_clip(image->bytes, at - before, image->bytes.n);
        return kinds[i].is_real(image, *found, what, room);
    }
    return false;
}

/* The next place where a tag may begin. */
static size_t candidate(struct mk_span s, size_t at) {
    static const uint8_t pairs[][2] = {{0x5A, 0xA5}, {'$', 'F'}, {'$', 'M'}};
    do
        at = mk_span_find_pair(s, at, pairs, sizeof pairs / sizeof *pairs);
    while (at != MK_SPAN_NONE && at % STEP != 0 && ++at);
    return at;
}

bool mki_copies_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    struct mk_span found;
    char what[80];
    size_t n = image->bytes.n;
    for (size_t at = candidate(image->bytes, 0); at != MK_SPAN_NONE && n - at >= STEP;
         at = candidate(image->bytes, at + STEP))
        if (copy_at(image, at, &found, what, sizeof what) &&
            !mk_finding_add(f, MK_FINDING_COPIES, found.at, 0, e, "there is also %s here", what))
            return false;
    return true;
}
