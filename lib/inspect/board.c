/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <mekit/format/strap.h>

#include <string.h>

#define FIRST_MAJOR_MN2 6u

/* ---- straps ---- */

static bool find_strays(const struct mk_descriptor *d, struct mk_findings *f, struct mk_error *e) {
    const struct mk_strap_row *right[2];
    const struct mk_stray_row *row;
    uint32_t value = 0, at = 0;
    size_t i = 0;
    while ((row = mk_stray_next(d, &i, &value, &at))) {
        mk_strap_match(d, right);
        if (!mk_finding_add(f, MK_FINDING_STRAP_ELSEWHERE, at, sizeof value, e,
                            "PCH strap %u is %08x, as %s leaves it: it does not disable the ME "
                            "here, strap %u does, and only that is set or cleared",
                            row->offset / 4, value, row->tool, right[0]->offset / 4))
            return false;
    }
    return true;
}

static bool find_server(const struct mk_descriptor *d, struct mk_findings *f, struct mk_error *e) {
    uint32_t strap = 0;
    return !mk_descriptor_is_server(d, &strap) ||
           mk_finding_add(f, MK_FINDING_SERVER_DESCRIPTOR, d->fpsba, 0, e,
                          "this is a server's descriptor: NR is %u, and PCHSTRP10 (%08x) lacks "
                          "bits 22 and 23: a client's strap is not meant for it",
                          d->nr, strap);
}

/* ---- contradictions ---- */

static bool is_txe(const struct mk_firmware *f) {
    return strcmp(f->family, "TXE") == 0 || strcmp(f->family, "CSTXE") == 0;
}

/* Generation 3 and descriptor version 2 came together. */
static bool find_wrong_generation(const struct mk_image *image, struct mk_findings *f,
                                  struct mk_error *e) {
    const struct mk_firmware *firmware = &image->firmware;
    bool modern = firmware->generation >= MK_GENERATION_3;
    char version[MK_VERSION_ROOM];
    return (image->descriptor.version == 2) == modern ||
           mk_finding_add(f, MK_FINDING_CONTRADICTION, image->region.at, 0, e,
                          "a descriptor of version %u does not belong to firmware %s %s",
                          image->descriptor.version, firmware->family,
                          mk_version_text(firmware->version, version));
}

/* ME has used $MN2 since version 6. A lower version belongs to a server, even if its key is
 * unknown. */
static bool is_servers(const struct mk_firmware *firmware) {
    return firmware->is_sps || (firmware->generation == MK_GENERATION_2 && !is_txe(firmware) &&
                                firmware->version.major < FIRST_MAJOR_MN2);
}

static bool find_wrong_firmware(const struct mk_image *image, struct mk_findings *f,
                                struct mk_error *e) {
    const struct mk_firmware *firmware = &image->firmware;
    const struct mk_pch_firmware *row = mk_pch_firmware_of(&image->descriptor);
    uint32_t major = firmware->version.major;
    char version[MK_VERSION_ROOM];
    if (!row || is_servers(firmware) ||
        (is_txe(firmware) == row->txe && major >= row->majors.low && major <= row->majors.high))
        return true;
    return mk_finding_add(f, MK_FINDING_CONTRADICTION, image->region.at, 0, e,
                          "platform %s runs firmware %u to %u of %s, but this is %s %s",
                          image->descriptor.platform->name, row->majors.low, row->majors.high,
                          row->txe ? "TXE" : "ME", firmware->family,
                          mk_version_text(firmware->version, version));
}

static bool find_contradictions(const struct mk_image *image, struct mk_findings *f,
                                struct mk_error *e) {
    bool told = image->firmware.generation != MK_GENERATION_NONE &&
                image->firmware.version.major != 0 && image->firmware.version.major != UINT16_MAX;
    return !told || (find_wrong_generation(image, f, e) && find_wrong_firmware(image, f, e));
}

/* The trace of a tool that took a version 2 descriptor for version 1. A master may always use its
 * own region, whatever its bits say. The finding blocks nothing, since unlocking repairs it. */
static bool find_blind_master(const struct mk_descriptor *d, unsigned own, unsigned used,
                              struct mk_findings *f, struct mk_error *e) {
    const struct mk_master *m = &d->masters[own - 1];
    unsigned blind = m->write & ~(unsigned)m->read & used & ~(1u << own);
    if (!m->present || !blind)
        return true;
    if (!mk_finding_add(
            f, MK_FINDING_CONTRADICTION, m->at, sizeof m->raw, e,
            "master %s may write where it may not read (%08x): was it set for another platform?",
            mk_master_name(own - 1), m->raw))
        return false;
    f->list[f->n - 1].blocks = 0;
    f->list[f->n - 1].next = "Unlock the descriptor again.";
    return true;
}

static bool find_blind_masters(const struct mk_descriptor *d, struct mk_findings *f,
                               struct mk_error *e) {
    unsigned used = 0;
    for (unsigned i = 0; i < d->n_regions; i++)
        used |= (unsigned)d->regions[i].used << i;
    return find_blind_master(d, MK_REGION_BIOS, used, f, e) &&
           find_blind_master(d, MK_REGION_ME, used, f, e);
}

bool mki_board_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    return find_strays(d, f, e) && find_server(d, f, e) && find_contradictions(image, f, e) &&
           find_blind_masters(d, f, e);
}
