/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <mekit/base/arith.h>
#include <mekit/format/manifest.h>
#include <mekit/image/file_system.h>
#include <string.h>

#define PRODUCTION_READY 1u    /* bit in a manifest's flags; only directories have it */
#define TOKEN_LOOK       0x40u /* a token starts its partition; a mark may end that */

/* ---- the tool that made it ---- */

/* FIT leaves its version in the table; 0 or FFFF: FIT did not make the table. */
static bool fit_of(const struct mk_firmware *f, struct mk_version *fit) {
    const uint16_t *told = f->fpt.fit;
    for (size_t i = 0; i < f->n_boots && f->fpt.n == 0; i++)
        if (f->boots[i].has_table)
            told = f->boots[i].table.fit;
    *fit = (struct mk_version){told[0], told[1], told[2], told[3]};
    return told[0] != 0 && told[0] != UINT16_MAX;
}

static bool is_used(const struct mk_image *image) {
    struct mk_file_systems systems;
    bool used = false;
    if (mk_file_systems_read(image, &systems, NULL))
        for (size_t i = 0; i < systems.n; i++)
            used = used || systems.list[i].mfs.in_use;
    mk_file_systems_free(&systems);
    return used;
}

const char *facts_type(const struct mk_image *image) {
    struct mk_version fit;
    if (image->kind == MK_IMAGE_PARTITION)
        return image->firmware.boot ? "update" : "part";
    if (is_used(image))
        return "used region";
    return fit_of(&image->firmware, &fit) ? "configured region" : "region";
}

/* ---- the machines that it may run on ---- */

static bool has_directories(const struct mk_firmware *f) {
    return f->generation == MK_GENERATION_3 || f->generation == MK_GENERATION_CSE;
}

static enum facts_answer answer_of(bool asked, bool yes) {
    return !asked ? FACTS_UNTOLD : yes ? FACTS_YES : FACTS_NO;
}

static enum facts_answer is_ready(const struct mk_firmware *f) {
    const struct mk_manifest *m = facts_told_by(f);
    return answer_of(m && has_directories(f), m && m->flags & PRODUCTION_READY);
}

static enum facts_answer has_oem_keys(const struct mk_firmware *f) {
    bool found = false;
    for (size_t i = 0; i < f->n_partitions; i++) {
        const struct mk_partition *p = &f->partitions[i];
        const struct mk_module *m = mk_module_find(p, "oem.key");
        found = found || (m && mk_manifest_is_at(m->stored)) ||
                (memcmp(p->name, "OEMP", sizeof p->name) == 0 && p->has_manifest);
    }
    return answer_of(has_directories(f) && f->boot, found);
}

static enum facts_answer has_token(const struct mk_firmware *f) {
    static const char *const names[] = {"UTOK", "STKN"};
    bool place = false, found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct mk_partition *p = mk_partition_find(f, names[i]);
        if (!p)
            continue;
        place = true;
        found = found || !mk_span_is_filled(mk_span_clip(p->bytes, 0, TOKEN_LOOK), 0xFF);
    }
    return answer_of(place, found);
}

/* ---- where it ends ---- */

static void reach(uint64_t *end, uint64_t to) {
    *end = to > *end ? to : *end;
}

/* The end of the last byte that a table lists, region-relative. */
static uint64_t listed_end(const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    uint64_t end = f->fpt.n ? f->fpt_base + f->fpt.at : 0;
    for (unsigned i = 0; i < f->layout.n_pointers; i++)
        reach(&end, (uint64_t)f->layout.pointers[i].offset + f->layout.pointers[i].size);
    for (unsigned i = 0; i < f->fpt.n; i++)
        if (f->fpt.entries[i].has_data)
            reach(&end, f->fpt_base + f->fpt.entries[i].end);
    for (size_t i = 0; i < f->n_partitions; i++)
        reach(&end, f->partitions[i].end);
    return mk_min(end, image->region.n);
}

const char *facts_behind(const struct mk_image *image, uint64_t *end) {
    *end = listed_end(image);
    if (*end == image->region.n)
        return "nothing";
    struct mk_span rest = mk_span_clip(image->region, *end, image->region.n - *end);
    return mk_span_is_filled(rest, 0xFF) ? "erased" : "data";
}

/* ---- text and JSON ---- */

static const struct {
    const char *key, *yes, *no;
    enum facts_answer (*ask)(const struct mk_firmware *f);
} questions[] = {
    {"production_ready", "production-ready", "not production-ready", is_ready},
    {"oem_keys", "OEM's keys", "no OEM's keys", has_oem_keys},
    {"unlock_token", "unlock token", "no unlock token", has_token},
};

void facts_text_origin(FILE *words, const struct mk_image *image) {
    char version[MK_VERSION_ROOM];
    struct mk_version fit;
    uint64_t end;
    fprintf(words, "type: %s", facts_type(image));
    if (fit_of(&image->firmware, &fit))
        fprintf(words, ", FIT %s", mk_version_text(fit, version));
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        enum facts_answer answer = questions[i].ask(&image->firmware);
        if (answer != FACTS_UNTOLD)
            fprintf(words, ", %s", answer == FACTS_YES ? questions[i].yes : questions[i].no);
    }
    const char *behind = facts_behind(image, &end);
    fprintf(words, "\nsize: 0x%zx bytes, used up to 0x%llx", image->region.n,
            (unsigned long long)(image->region.at + end));
    fprintf(words, strcmp(behind, "nothing") == 0 ? "\n" : ", %s after that\n", behind);
}

void facts_json_origin(json_t *firmware, const struct mk_image *image) {
    char version[MK_VERSION_ROOM];
    struct mk_version fit;
    uint64_t end;
    const char *behind = facts_behind(image, &end);
    json_object_set_new(firmware, "type", json_string(facts_type(image)));
    json_object_set_new(firmware, "fit",
                        fit_of(&image->firmware, &fit) ? json_string(mk_version_text(fit, version))
                                                       : json_null());
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        enum facts_answer answer = questions[i].ask(&image->firmware);
        json_object_set_new(firmware, questions[i].key,
                            answer == FACTS_UNTOLD ? json_null()
                                                   : json_boolean(answer == FACTS_YES));
    }
    json_object_set_new(firmware, "end", json_integer((json_int_t)(image->region.at + end)));
    json_object_set_new(firmware, "behind", json_string(behind));
}
