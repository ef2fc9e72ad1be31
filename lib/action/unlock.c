/* SPDX-License-Identifier: MIT */
#include <mekit/action/unlock.h>

#include <mekit/action/descriptor_edit.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define R(n)            (1u << MK_REGION_##n)
#define ALWAYS          (-1)
#define ROW_ROOM        200 /* room for 16 regions of 9 characters */
#define ALL             UINT16_MAX
#define LOW_BYTE_REGION 12u /* the low byte is for the regions from here on */

enum { BIOS_MASTER, ME_MASTER, GBE_MASTER, EC_MASTER = 4 };

/* The access that a locked descriptor grants: rule, a region that must be in use, master, read,
 * write. */
static const struct {
    enum mk_lock_rule rule;
    int region;
    unsigned master;
    uint16_t read, write;
} grants[] = {
    {MK_LOCK_OLD, ALWAYS, BIOS_MASTER, R(FD) | R(BIOS), R(BIOS)},
    {MK_LOCK_OLD, ALWAYS, ME_MASTER, R(FD) | R(ME), R(ME)},
    {MK_LOCK_OLD, MK_REGION_GBE, BIOS_MASTER, R(GBE), R(GBE)},
    {MK_LOCK_OLD, MK_REGION_GBE, ME_MASTER, R(GBE), R(GBE)},
    {MK_LOCK_OLD, MK_REGION_GBE, GBE_MASTER, R(GBE), R(GBE)},
    {MK_LOCK_CLIENT, ALWAYS, BIOS_MASTER, R(FD) | R(BIOS), R(BIOS)},
    {MK_LOCK_CLIENT, ALWAYS, ME_MASTER, R(FD) | R(ME), R(ME)},
    {MK_LOCK_CLIENT, MK_REGION_GBE, BIOS_MASTER, R(GBE), R(GBE)},
    {MK_LOCK_CLIENT, MK_REGION_GBE, ME_MASTER, R(GBE), 0},
    {MK_LOCK_CLIENT, MK_REGION_GBE, GBE_MASTER, R(FD) | R(GBE), R(GBE)},
    {MK_LOCK_CLIENT, MK_REGION_PD, BIOS_MASTER, R(PD), R(PD)},
    {MK_LOCK_CLIENT, MK_REGION_EC, BIOS_MASTER, R(EC), 0},
    {MK_LOCK_CLIENT, MK_REGION_EC, EC_MASTER, R(FD) | R(EC), R(EC)},
    {MK_LOCK_CLIENT, MK_REGION_DEVEXP2, BIOS_MASTER, R(DEVEXP2), 0},
    {MK_LOCK_APL, ALWAYS, BIOS_MASTER, R(FD) | R(BIOS), R(BIOS)},
    {MK_LOCK_APL, ALWAYS, ME_MASTER, R(FD) | R(BIOS) | R(DEVEXP), R(DEVEXP)},
    {MK_LOCK_PLAIN, ALWAYS, BIOS_MASTER, R(FD) | R(BIOS), R(BIOS)},
    {MK_LOCK_PLAIN, ALWAYS, ME_MASTER, R(FD) | R(ME), R(ME)},
};

/* Use ifdtool's own test, so that a locked descriptor is the same: a raw 0 counts as used (Bay
 * Trail's GbE). */
static bool is_used_for_ifdtool(const struct mk_descriptor *d, int number) {
    if (number == ALWAYS)
        return true;
    if (number >= (int)d->n_regions)
        return false;
    return d->regions[number].base <= d->regions[number].limit;
}

static uint32_t open_word(const struct mk_descriptor *d, unsigned master, bool like_ifdtool) {
    enum mk_access access = like_ifdtool ? d->platform->like_ifdtool : d->platform->access;
    uint32_t old = d->masters[master].raw;
    if (access != MK_ACCESS_V1)
        return mk_master_encode(access, old, ALL, ALL);
    /* GbE gets access only to itself, and keeps its requester id. */
    if (master == GBE_MASTER)
        return mk_master_encode(access, old, R(GBE), R(GBE));
    return mk_master_encode(access, like_ifdtool ? 0 : old, ALL, ALL);
}

static bool is_opened(const struct mk_descriptor *d, unsigned master,
                      const struct mk_unlock_options *o) {
    bool known_to_ifdtool = master <= GBE_MASTER || master == EC_MASTER;
    bool server = d->nm == MK_SERVER_NM && d->version == 2 && !o->like_ifdtool;
    return d->masters[master].present && (!o->host_only || master == BIOS_MASTER) &&
           (known_to_ifdtool || server);
}

static const struct mk_unlock_options as_ifdtool = {.like_ifdtool = true};

static uint32_t grant(const struct mk_descriptor *d, uint32_t word, uint16_t read, uint16_t write) {
    struct mk_master m = {.raw = word};
    mk_master_decode(d, &m);
    return mk_master_encode(d->platform->access, word, m.read | read, m.write | write);
}

static uint32_t locked_word(const struct mk_descriptor *d, unsigned master, bool host_read_me) {
    uint32_t word = mk_master_encode(d->platform->like_ifdtool, d->masters[master].raw, 0, 0);
    for (size_t i = 0; i < sizeof grants / sizeof *grants; i++)
        if (grants[i].rule == d->platform->lock && grants[i].master == master &&
            is_used_for_ifdtool(d, grants[i].region))
            word = grant(d, word, grants[i].read, grants[i].write);
    return host_read_me && master == BIOS_MASTER ? grant(d, word, R(ME), 0) : word;
}

/* The descriptor after the words are written. */
static struct mk_descriptor edited(const struct mk_descriptor *d,
                                   const uint32_t words[MK_LIMIT_MASTERS]) {
    struct mk_descriptor after = *d;
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++) {
        after.masters[i].raw = words[i];
        if (after.masters[i].present)
            mk_master_decode(&after, &after.masters[i]);
    }
    return after;
}

/* Writes the names of the regions of a mask, each after a space. */
static void list_regions(uint16_t mask, char line[ROW_ROOM]) {
    size_t used = 0;
    line[0] = '\0';
    for (unsigned i = 0; i < MK_LIMIT_REGIONS && used < ROW_ROOM; i++)
        if (mask >> i & 1)
            used += (size_t)snprintf(line + used, ROW_ROOM - used, " %s", mk_region_name(i));
}

/* ifdtool's locking does not change FLMSTR4, FLMSTR6 and low bytes, which servers use. */
static void remark_open(const struct mk_descriptor *d, const uint32_t words[MK_LIMIT_MASTERS],
                        struct mk_plan *plan) {
    struct mk_descriptor after = edited(d, words);
    char line[ROW_ROOM];
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++) {
        const struct mk_master *m = &after.masters[i];
        list_regions(m->write, line);
        if (mk_master_is_open(&after, i))
            mk_plan_remark(plan, MK_REMARK_WARNING, "FLMSTR%u (%s) stays open: it can write%s",
                           i + 1, mk_master_name(i), line);
        else if (m->present && m->write && after.nm == MK_SERVER_NM &&
                 (!is_opened(d, i, &as_ifdtool) || m->write >> LOW_BYTE_REGION))
            mk_plan_remark(plan, MK_REMARK_FACT, "FLMSTR%u (%s) keeps access: it can write%s",
                           i + 1, mk_master_name(i), line);
    }
}

void mk_gpr0_clear(const struct mk_descriptor *d, struct mk_plan *plan) {
    struct mk_gpr0 gpr0;
    if (!mk_gpr0_read(d, &gpr0)) {
        mk_plan_remark(plan, MK_REMARK_FACT, "GPR0 protects no range here: nothing to clear");
        return;
    }
    mk_descriptor_edit(plan, d, gpr0.at, 0, "PCH strap %u: GPR0 cleared", gpr0.strap);
    mk_plan_remark(plan, MK_REMARK_FACT,
                   "GPR0 (PCH strap %u): %08x -> 00000000, 0x%" PRIx64 " to 0x%" PRIx64
                   " is no longer protected",
                   gpr0.strap, gpr0.raw, gpr0.start, gpr0.end - 1);
}

static void remark_platform(const struct mk_descriptor *d, struct mk_plan *plan) {
    const struct mk_platform *seen = mk_platform_detect(d);
    mk_plan_remark(plan, MK_REMARK_FACT, "platform %s: %s", d->platform->name, d->platform->title);
    if (strcmp(seen->title, d->platform->title) != 0)
        mk_plan_remark(plan, MK_REMARK_FACT,
                       "that platform was given; the descriptor looks like %s: %s", seen->name,
                       seen->title);
    mk_plan_remark(plan, MK_REMARK_DETAIL,
                   "the descriptor says: version %u, signature at 0x%x, NR %u, NM %u, ISL %02x, "
                   "MSL %02x, FLMAP2 %08x, MDTBA %02x",
                   d->version, d->signature_at, d->nr, d->nm, d->isl, d->msl, d->flmap2, d->mdtba);
    if (!d->platform->confident)
        mk_plan_remark(plan, MK_REMARK_WARNING,
                       "the exact platform is unknown, but its layout of the masters is known");
}

static bool check_options(const struct mk_image *image, const struct mk_unlock_options *o,
                          struct mk_error *e) {
    if (o->host_read_me && !o->lock)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "host-read-me needs lock");
    if (o->lock && (o->host_only || o->like_ifdtool))
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE,
                       "host-only and like-ifdtool can't be combined with lock");
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE,
                       "this file has no descriptor, which grants access to the regions");
    return true;
}

bool mk_unlock_plan(const struct mk_image *image, const struct mk_unlock_options *options,
                    struct mk_plan *plan, struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    uint32_t words[MK_LIMIT_MASTERS];
    if (!mk_plan_suits(plan, image->bytes, e) || !check_options(image, options, e))
        return false;
    remark_platform(d, plan);
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++) {
        words[i] = d->masters[i].raw;
        if (!is_opened(d, i, options->lock ? &as_ifdtool : options))
            continue;
        words[i] = options->lock ? locked_word(d, i, options->host_read_me)
                                 : open_word(d, i, options->like_ifdtool);
        mk_descriptor_edit(plan, d, d->masters[i].at, words[i], "FLMSTR%u", i + 1);
    }
    if (options->lock)
        remark_open(d, words, plan);
    if (options->clear_gpr0)
        mk_gpr0_clear(d, plan);
    return true;
}
