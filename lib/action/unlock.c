#include <mekit/action/unlock.h>

#include <stdio.h>

#define R(n) (1u << MK_REGION_##n)
#define ALWAYS (-1)
#define REQUESTER_MASK 0xFFFFu
#define V2_LOW_MASK 0xFFu
#define GBE_REQUESTER 0x00000118u
#define SERVER_NM 6u

enum { BIOS_MASTER, ME_MASTER, GBE_MASTER, EC_MASTER = 4 };

/* What a locked descriptor grants: rule, the region that must be in use, master, read, write. */
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

/* ifdtool's own test, so that a locked descriptor is the same: a raw 0 counts (Bay Trail's GbE). */
static bool is_used_for_ifdtool(const struct mk_descriptor *d, int number) {
    uint32_t raw = number < (int)d->n_regions ? d->regions[number].raw : UINT32_MAX >> 17;
    return number == ALWAYS || (raw & 0x7FFFu) <= (raw >> 16 & 0x7FFFu);
}

static uint32_t open_word(const struct mk_descriptor *d, unsigned master, bool like_ifdtool) {
    enum mk_access access = like_ifdtool ? d->platform->like_ifdtool : d->platform->access;
    uint32_t old = d->masters[master].raw;
    if (access == MK_ACCESS_V2_EXTENDED)
        return UINT32_MAX;
    if (access == MK_ACCESS_V2)
        return ~V2_LOW_MASK | (old & V2_LOW_MASK);
    /* GbE is given only itself, and keeps the id that it asks with. */
    if (master == GBE_MASTER)
        return 0x08080000u | (old & REQUESTER_MASK);
    return 0xFFFF0000u | (like_ifdtool ? 0 : old & REQUESTER_MASK);
}

static bool is_opened(const struct mk_descriptor *d, unsigned master,
                      const struct mk_unlock_options *o) {
    bool known_to_ifdtool = master <= GBE_MASTER || master == EC_MASTER;
    bool server = d->nm == SERVER_NM && d->version == 2 && !o->like_ifdtool;
    return d->masters[master].present && (!o->host_only || master == BIOS_MASTER) &&
           (known_to_ifdtool || server);
}

static uint32_t grant(const struct mk_descriptor *d, uint32_t word, uint16_t read, uint16_t write) {
    bool old = d->version == 1;
    return word | (uint32_t)read << (old ? 16 : 8) | (uint32_t)write << (old ? 24 : 20);
}

static uint32_t bare_word(const struct mk_descriptor *d, unsigned master) {
    switch (d->platform->like_ifdtool) {
    case MK_ACCESS_V1:
        return master == GBE_MASTER ? GBE_REQUESTER : 0;
    case MK_ACCESS_V2:
        return d->masters[master].raw & V2_LOW_MASK;
    case MK_ACCESS_V2_EXTENDED:
        break;
    }
    return 0;
}

static uint32_t locked_word(const struct mk_descriptor *d, unsigned master, bool host_read_me) {
    uint32_t word = bare_word(d, master);
    for (size_t i = 0; i < sizeof grants / sizeof *grants; i++)
        if (grants[i].rule == d->platform->lock && grants[i].master == master &&
            is_used_for_ifdtool(d, grants[i].region))
            word = grant(d, word, grants[i].read, grants[i].write);
    return host_read_me && master == BIOS_MASTER ? grant(d, word, R(ME), 0) : word;
}

/* "  fd r-  bios rw": the regions in use. */
static void matrix_line(const struct mk_descriptor *d, uint32_t raw, char *out, size_t room) {
    struct mk_master master = {.raw = raw};
    size_t used = 0;
    mk_master_decode(d, &master);
    out[0] = '\0';
    for (unsigned i = 0; i < d->n_regions && used + 24 < room; i++)
        if (d->regions[i].used)
            used += (size_t)snprintf(out + used, room - used, "  %s %c%c", mk_region_name(i),
                                     master.read >> i & 1 ? 'r' : '-',
                                     master.write >> i & 1 ? 'w' : '-');
}

static void remark_master(const struct mk_descriptor *d, unsigned index, uint32_t word,
                          struct mk_plan *plan) {
    char before[220], after[220];
    matrix_line(d, d->masters[index].raw, before, sizeof before);
    matrix_line(d, word, after, sizeof after);
    mk_plan_remark(plan, MK_REMARK_FACT, "FLMSTR%u %-6s before %08x%s", index + 1,
                   mk_master_name(index), d->masters[index].raw, before);
    mk_plan_remark(plan, MK_REMARK_FACT, "FLMSTR%u %-6s after  %08x%s", index + 1,
                   mk_master_name(index), word, after);
}

static void remark_platform(const struct mk_descriptor *d, struct mk_plan *plan) {
    mk_plan_remark(plan, MK_REMARK_FACT, "platform %s: %s", d->platform->name, d->platform->title);
    mk_plan_remark(plan, MK_REMARK_DETAIL,
                   "told by: version %u, signature at 0x%x, NR %u, NM %u, ISL %02x, MSL %02x, "
                   "FLMAP2 %08x, MDTBA %02x",
                   d->version, d->signature_at, d->nr, d->nm, d->isl, d->msl, d->flmap2, d->mdtba);
    if (!d->platform->confident)
        mk_plan_remark(plan, MK_REMARK_WARNING,
                       "the platform is not known closer; the layout of the masters is");
}

static bool check_options(const struct mk_image *image, const struct mk_unlock_options *o,
                          struct mk_error *e) {
    if (o->host_read_me && !o->lock)
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "--host-read-me goes with --lock");
    if (o->lock && (o->host_only || o->like_ifdtool))
        return mk_fail(e, MK_E_USAGE, MK_NOWHERE,
                       "--host-only and --like-ifdtool do not go with --lock");
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE, "access to the regions is told there");
    return true;
}

bool mk_unlock_plan(const struct mk_image *image, const struct mk_unlock_options *options,
                    struct mk_plan *plan, struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    static const struct mk_unlock_options as_ifdtool = {.like_ifdtool = true};
    if (!check_options(image, options, e))
        return false;
    remark_platform(d, plan);
    for (unsigned i = 0; i < MK_LIMIT_MASTERS; i++) {
        if (!is_opened(d, i, options->lock ? &as_ifdtool : options))
            continue;
        uint32_t word = options->lock ? locked_word(d, i, options->host_read_me)
                                      : open_word(d, i, options->like_ifdtool);
        mk_plan_uint(plan, d->masters[i].at, 4, word, "FLMSTR%u", i + 1);
        remark_master(d, i, word, plan);
    }
    return true;
}
