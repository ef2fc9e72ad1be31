/* SPDX-License-Identifier: MIT */
#include "read.h"

#include <inttypes.h>
#include <mekit/format/descriptor.h>
#include <mekit/format/fpt.h>
#include <mekit/format/layout.h>
#include <mekit/format/manifest.h>
#include <mekit/format/structure.h>

#define BLOCK       0x1000u
#define VECTOR_SIZE 0x10u
#define VOLUME_TAG  0x28u
#define CBFS_ALIGN  0x40u

/* ---- marks of a BIOS chip ---- */

/* x86 starts at the last 16 bytes of the flash. A jump there is the end of a BIOS, also after a few
 * instructions that do nothing or clear the caches. */
static bool has_reset_vector(struct mk_span s, uint64_t *at) {
    *at = s.n - VECTOR_SIZE;
    if (s.n < BLOCK || s.n % BLOCK != 0)
        return false;
    struct mk_span vector = mk_span_clip(s, *at, VECTOR_SIZE);
    uint64_t i = 0;
    while (i + 2 < VECTOR_SIZE) {
        if (mk_span_has(vector, i, "\x0F\x09", 2))
            i += 2;
        else if (mk_span_has(vector, i, "\x90", 1) || mk_span_has(vector, i, "\xFA", 1))
            i++;
        else
            break;
    }
    return mk_span_has(vector, i, "\xE9", 1) || mk_span_has(vector, i, "\xEB", 1) ||
           mk_span_has(vector, i, "\xEA", 1);
}

static bool has_volume(struct mk_span s, uint64_t *at) {
    for (*at = 0; *at < s.n; *at += BLOCK)
        if (mk_span_has(s, *at + VOLUME_TAG, "_FVH", 4))
            return true;
    return false;
}

/* Also require version 1 and a possible size: programs that search for the tag contain it too. */
static bool has_flash_map(struct mk_span s, uint64_t *at) {
    static const char tag[] = "__FMAP__";
    for (size_t i = mk_span_find(s, 0, tag, 8); i != MK_SPAN_NONE;
         i = mk_span_find(s, i + 1, tag, 8))
        if (mk_span_has(s, i + 8, "\x01", 1) && !mk_span_has(s, i + 18, "\0\0\0\0", 4)) {
            *at = i;
            return true;
        }
    return false;
}

static bool has_cbfs(struct mk_span s, uint64_t *at) {
    for (*at = 0; *at < s.n; *at += CBFS_ALIGN)
        if (mk_span_has(s, *at, "LARCHIVE", 8) || mk_span_has(s, *at, "ORBC1", 5))
            return true;
    return false;
}

static const char *what_of_bios(struct mk_span s, uint64_t *at) {
    return has_volume(s, at)         ? "an EFI firmware volume"
           : has_flash_map(s, at)    ? "coreboot's flash map"
           : has_cbfs(s, at)         ? "coreboot's file system"
           : has_reset_vector(s, at) ? "the processor's reset vector"
                                     : NULL;
}

/* ---- other explanations ---- */

static bool is_power_of_two(uint64_t n) {
    return (n & (n - 1)) == 0;
}

static bool swapped_add(const struct mk_found *found, struct mk_findings *f, struct mk_error *e) {
    return mk_finding_add(f, MK_FINDING_SWAPPED_CHIPS, found->offset, found->size, e,
                          "the descriptor is at 0x%" PRIx64
                          ", where the second chip would begin: the chips are joined in the "
                          "wrong order",
                          found->offset);
}

/* Such a file is a damaged image: the error of its reader says more. */
static bool begins_as_image(struct mk_span s) {
    uint32_t at;
    struct mk_layout layout;
    return mk_descriptor_is_at(s, &at) || mk_fpt_find(s) >= 0 || mk_layout_read(s, &layout) ||
           mk_structure_is_at(s, MK_STRUCTURE_CPD) || mk_manifest_is_at(s);
}

/* A descriptor or an ME region inside says more than a BIOS, since updates have a BIOS too. */
bool mki_chips_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    struct inside inside;
    uint64_t at;
    if (begins_as_image(bytes))
        return true;
    if (!mki_inside_find(bytes, &inside, e))
        return false;
    bool descriptor = inside.n > 0 && inside.first.kind == MK_FOUND_DESCRIPTOR;
    if (descriptor && inside.first.offset >= MK_SMALLEST_CHIP &&
        is_power_of_two(inside.first.offset))
        return swapped_add(&inside.first, f, e);
    bool part = inside.n == 0 || inside.first.kind == MK_FOUND_PARTITION;
    const char *bios = part ? what_of_bios(bytes, &at) : NULL;
    if (bios)
        return mk_finding_add(f, MK_FINDING_WRONG_CHIP, at, 0, e,
                              "there is no flash descriptor, but %s at 0x%" PRIx64
                              ": the BIOS chip or region alone",
                              bios, at);
    return inside.n == 0 ||
           mki_inside_add(&inside, "the file begins with nothing that mekit knows", f, e);
}
