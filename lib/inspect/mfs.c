/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <mekit/base/text.h>
#include <mekit/image/file_system.h>
#include <stdio.h>

static const char next_in_use[] = "Leave it out of what you publish.";

/* says: the second half of the sentence, which says what is wrong with the partition. */
static bool tell_damage(struct mk_findings *f, const char *partition, const char *says,
                        const struct mk_error *problem, struct mk_error *e) {
    return mk_finding_add(f, MK_FINDING_MFS_DAMAGED, problem->offset, 0, e, "%s %s (%.160s)",
                          partition, says, problem->what);
}

static bool tell_deguarded(struct mk_findings *f, const char *partition, uint64_t offset,
                           struct mk_error *e) {
    return mk_finding_add(
        f, MK_FINDING_DEGUARDED, offset, 0, e,
        "%s: the configuration contains deguard's payload, made for FTPR at its present place",
        partition);
}

/* Return MEMORY to the caller. NOT_FOUND is not a fault; every other error is one. */
static bool look_at_fault(struct mk_findings *f, const char *partition, const char *says,
                          const struct mk_error *problem, struct mk_error *e) {
    if (problem->code == MK_E_MEMORY)
        return mk_fail_memory(e);
    return problem->code == MK_E_NOT_FOUND || tell_damage(f, partition, says, problem, e);
}

static bool look_at_configuration(struct mk_findings *f, const char *partition,
                                  const struct mk_file_system *s, unsigned number, bool *deguarded,
                                  struct mk_error *e) {
    struct mk_configuration c;
    struct mk_error problem = {0};
    char says[64];
    snprintf(says, sizeof says, "has no configuration in low-level file %u", number);
    if (!mk_file_system_configuration(&s->mfs, number, &c, &problem))
        return look_at_fault(f, partition, says, &problem, e);
    *deguarded = *deguarded || mk_configuration_is_deguarded(&c);
    mk_configuration_free(&c);
    return true;
}

static bool look_at_home(struct mk_findings *f, const char *partition,
                         const struct mk_file_system *s, bool *deguarded, struct mk_error *e) {
    struct mk_configuration home;
    struct mk_error problem = {0};
    if (!mk_home_read(&s->mfs, &home, &problem))
        return look_at_fault(f, partition, "has no intact home directory", &problem, e);
    *deguarded = *deguarded || mk_configuration_is_deguarded(&home);
    mk_configuration_free(&home);
    return true;
}

static bool look_at_use(struct mk_findings *f, const char *partition,
                        const struct mk_file_system *s, struct mk_error *e) {
    size_t before = f->n;
    if (!s->mfs.in_use)
        return true;
    if (!mk_finding_add(f, MK_FINDING_MFS_IN_USE, s->bytes.at, s->bytes.n, e,
                        "%s: a running ME has written to it: it may hold secrets and names of this "
                        "machine and its owner",
                        partition))
        return false;
    if (f->n > before)
        f->list[before].next = next_in_use;
    return true;
}

/* SPS has another format under this name, but its bytes are not all equal either. */
static bool look_at_unknown(struct mk_findings *f, const char *partition,
                            const struct mk_file_system *s, struct mk_error *e) {
    if (s->bytes.n == 0)
        return true;
    uint8_t value = mk_span_u8(s->bytes, 0);
    return !mk_span_is_filled(s->bytes, value) ||
           mk_finding_add(f, MK_FINDING_MFS_DAMAGED, s->bytes.at, s->bytes.n, e,
                          "%s: every byte is %02X, which no erased flash has", partition, value);
}

static bool look_at_volume(struct mk_findings *f, const struct mk_file_system *s,
                           struct mk_error *e) {
    char name[MK_TEXT_ROOM(4)];
    bool deguarded = false;
    mk_text_mask(name, sizeof name, s->partition, sizeof s->partition);
    if (s->mfs.state == MK_MFS_UNKNOWN)
        return look_at_unknown(f, name, s, e);
    if (s->mfs.state == MK_MFS_ERASED)
        return true;
    if (s->mfs.state == MK_MFS_DAMAGED && !tell_damage(f, name, "is damaged", &s->mfs.problem, e))
        return false;
    return look_at_use(f, name, s, e) &&
           look_at_configuration(f, name, s, MK_MFS_FILE_INTEL, &deguarded, e) &&
           look_at_configuration(f, name, s, MK_MFS_FILE_OEM, &deguarded, e) &&
           look_at_home(f, name, s, &deguarded, e) &&
           (!deguarded || tell_deguarded(f, name, s->bytes.at, e));
}

static bool look_at_volumes(const struct mk_image *image, struct mk_findings *f,
                            struct mk_error *e) {
    struct mk_file_systems systems;
    bool done = mk_file_systems_read(image, &systems, e);
    for (size_t i = 0; done && i < systems.n; i++)
        done = look_at_volume(f, &systems.list[i], e);
    mk_file_systems_free(&systems);
    return done;
}

static bool tell_wrong_sums(struct mk_findings *f, const struct mk_fitc *fitc, struct mk_error *e) {
    bool header = fitc->header_crc != fitc->header_crc_expected;
    uint64_t start = fitc->data.at - MK_FITC_HEADER;
    return mk_finding_add(f, MK_FINDING_MFS_DAMAGED, start, MK_FITC_HEADER + fitc->data.n, e,
                          "FITC: the CRC of its %s is %08x, not %08x", header ? "header" : "data",
                          header ? fitc->header_crc : fitc->data_crc,
                          header ? fitc->header_crc_expected : fitc->data_crc_expected);
}

/* If its CRCs are right but it can't be read, it more likely has a form that nobody knows yet. */
static bool look_at_fitc(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    struct mk_fitc fitc;
    struct mk_configuration c;
    struct mk_error problem = {0};
    size_t before = f->n;
    if (!mk_image_fitc(image, &fitc))
        return true;
    if (!mk_fitc_is_whole(&fitc))
        return tell_wrong_sums(f, &fitc, e);
    if (mk_configuration_read(fitc.data, &c, &problem)) {
        bool deguarded = mk_configuration_is_deguarded(&c);
        mk_configuration_free(&c);
        return !deguarded || tell_deguarded(f, "FITC", fitc.data.at, e);
    }
    if (!look_at_fault(f, "FITC", "holds no configuration of a known form", &problem, e))
        return false;
    if (f->n > before)
        f->list[before].severity = MK_NOTE;
    return true;
}

bool mki_mfs_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    return look_at_volumes(image, f, e) && look_at_fitc(image, f, e);
}
