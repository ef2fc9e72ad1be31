#include <mekit/action/soft_disable.h>

#include <stdio.h>
#include <string.h>

#define SEEN_MAX             6
#define SIGNED_DESCRIPTOR_AT 0x81Cu /* the tag of a manifest that covers the straps */

static bool is_verified(const struct mk_descriptor *d) {
    return d->version == 2 && mk_span_has(d->bytes, SIGNED_DESCRIPTOR_AT, "$MN2", 4);
}

static bool is_listed(const uint32_t *offsets, size_t n, uint32_t offset) {
    for (size_t i = 0; i < n; i++)
        if (offsets[i] == offset)
            return true;
    return false;
}

/* Every word that may be the strap here, so that the user sees why none was chosen. */
static bool refuse(const struct mk_descriptor *d, struct mk_error *e) {
    char seen[SEEN_MAX * sizeof ", strap 000 = 00000000"] = "";
    uint32_t offsets[SEEN_MAX], value, at;
    size_t n = 0, used = 0;
    for (size_t i = 0; i < mk_strap_row_count && n < SEEN_MAX; i++) {
        const struct mk_strap_row *row = &mk_strap_rows[i];
        if (strcmp(row->platform, d->platform->name) != 0 || is_listed(offsets, n, row->offset) ||
            !mk_strap_read(d, row, &value, &at))
            continue;
        offsets[n++] = row->offset;
        used += (size_t)snprintf(seen + used, sizeof seen - used, ", strap %x = %08x", row->offset,
                                 value);
    }
    return mk_fail(e, MK_E_PLATFORM, d->fpsba, "platform %s, ISL %02x: no strap %s%s",
                   d->platform->name, d->isl, n ? "that is known there fits" : "is known there",
                   seen);
}

/* A region of another platform's firmware: descriptor and region don't belong together, or the
 * platform is another one. */
static bool check_version(const struct mk_image *image, const struct mk_strap_row *row,
                          struct mk_error *e) {
    char version[MK_VERSION_ROOM];
    uint32_t major = image->firmware.version.major;
    if (row->majors.high == 0 || major == 0 || image->firmware.is_sps ||
        (major >= row->majors.low && major <= row->majors.high))
        return true;
    return mk_fail(e, MK_E_PLATFORM, image->region.at,
                   "platform %s %s runs firmware %u to %u, but here is %s: no strap is certain",
                   image->descriptor.platform->name, row->flavour, row->majors.low,
                   row->majors.high, mk_version_text(image->firmware.version, version));
}

static size_t find_rows(const struct mk_descriptor *d, const struct mk_strap_row *rows[2],
                        struct mk_error *e) {
    size_t n = mk_strap_match(d, rows);
    if (n == 0) {
        refuse(d, e);
        return 0;
    }
    if (rows[0]->disputed) {
        mk_fail(e, MK_E_PLATFORM, d->fpsba + rows[0]->offset, "%s, strap %x: %s",
                d->platform->title, rows[0]->offset, rows[0]->source);
        return 0;
    }
    return n;
}

static void plan_row(const struct mk_descriptor *d, const struct mk_strap_row *row, bool set,
                     struct mk_plan *plan) {
    uint32_t value = 0, at = 0;
    const char *kind = row->cpu ? "CPU" : "PCH", *bit = mk_disable_name(row->kind);
    mk_strap_read(d, row, &value, &at);
    uint32_t wanted = set ? value | row->mask : value & ~row->mask;
    mk_plan_uint(plan, at, 4, wanted, "%s strap %u: %s %s", kind, row->offset / 4, bit,
                 set ? "set" : "cleared");
    mk_plan_remark(plan, MK_REMARK_FACT, "%s strap %u (0x%x%s%s): %08x -> %08x, %s %s%s", kind,
                   row->offset / 4, at, *row->flavour ? ", " : "", row->flavour, value, wanted, bit,
                   set ? "set" : "cleared", value == wanted ? " (it was)" : "");
}

bool mk_soft_disable_plan(const struct mk_image *image, bool set, struct mk_plan *plan,
                          struct mk_error *e) {
    const struct mk_descriptor *d = &image->descriptor;
    const struct mk_strap_row *rows[2];
    if (!image->has_descriptor)
        return mk_fail(e, MK_E_NO_DESCRIPTOR, MK_NOWHERE, "the strap is there");
    if (is_verified(d))
        return mk_fail(e, MK_E_PLATFORM, SIGNED_DESCRIPTOR_AT,
                       "a signed manifest covers this descriptor: to change a strap would void it");
    size_t n = find_rows(d, rows, e);
    if (n == 0 || !check_version(image, rows[0], e))
        return false;
    for (size_t i = 0; i < n; i++)
        plan_row(d, rows[i], set, plan);
    return true;
}

enum mk_disable_state mk_soft_disable_state(const struct mk_descriptor *d,
                                            const struct mk_strap_row **row) {
    const struct mk_strap_row *rows[2];
    uint32_t value, at;
    size_t n = mk_strap_match(d, rows);
    if (row)
        *row = n ? rows[0] : NULL;
    if (n == 0 || rows[0]->disputed)
        return MK_DISABLE_UNKNOWN;
    for (size_t i = 0; i < n; i++)
        if (!mk_strap_read(d, rows[i], &value, &at) || (value & rows[i]->mask) == 0)
            return MK_DISABLE_CLEAR;
    return MK_DISABLE_SET;
}
