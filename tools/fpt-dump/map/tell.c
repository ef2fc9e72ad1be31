/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "../dump.h"
#include "column.h"

#include <inttypes.h>
#include <mekit/base/arith.h>
#include <stdio.h>
#include <string.h>

static void tell_chips(char out[MAP_SENTENCE_ROOM], const struct mk_descriptor *d) {
    char size[COLUMN_SIZE_ROOM];
    map_say(out, MAP_SENTENCE_ROOM, ", %s", d->platform->title);
    if (d->chips == 2 && d->chip_size[0] && d->chip_size[1])
        map_say(out, MAP_SENTENCE_ROOM, ", two chips (%" PRIu64 " + %s)", d->chip_size[0] >> 20,
                column_size(d->chip_size[1], size));
    else if (d->chip_size[0])
        map_say(out, MAP_SENTENCE_ROOM, ", one chip (%s)", column_size(d->chip_size[0], size));
}

static void tell_subject(char out[MAP_SENTENCE_ROOM], const struct mk_image *image) {
    char version[MK_VERSION_ROOM];
    const struct mk_firmware *f = &image->firmware;
    if (f->n_partitions > 0)
        map_say(out, MAP_SENTENCE_ROOM, "%s %s", f->family, mk_version_text(f->version, version));
    else if (image->kind == MK_IMAGE_DESCRIPTOR)
        map_say(out, MAP_SENTENCE_ROOM, "descriptor alone");
    else
        map_say(out, MAP_SENTENCE_ROOM, "no ME firmware%s",
                image->me == MK_ME_ABSENT ? " in this file" : "");
    if (image->has_descriptor)
        tell_chips(out, &image->descriptor);
}

static bool tell_state(char out[MAP_SENTENCE_ROOM], const struct mk_image *image,
                       struct mk_error *e) {
    struct mk_state state;
    const char *name;
    size_t i = 0;
    if (!mk_state_read(image, &state, e))
        return false;
    while ((name = mk_state_name(&state, &i)))
        map_say(out, MAP_SENTENCE_ROOM, "%s%s", *out ? ", " : "", name);
    for (unsigned k = 0; k < state.missing.n; k++)
        map_say(out, MAP_SENTENCE_ROOM, "%s%s", k ? " " : "; without ", state.missing.names[k]);
    return true;
}

static const char *plural(unsigned n) {
    return n == 1 ? "" : "s";
}

static enum map_proof proof_of_all(const struct mk_inspection *seen) {
    const struct mk_proof *p = &seen->proof;
    enum mk_verdict verdict = mk_inspection_verdict(seen);
    if (mk_findings_have(&seen->findings, MK_DAMAGE) ||
        (seen->verified && (verdict == MK_VERDICT_INVALID || verdict == MK_VERDICT_ALTERED)))
        return MAP_DAMAGED;
    if (!seen->verified)
        return MAP_UNTOLD;
    return verdict == MK_VERDICT_VALID && p->proven == p->boot_modules ? MAP_PROVEN : MAP_UNPROVEN;
}

static void tell_verdict(struct map *map, const struct mk_inspection *seen) {
    const struct mk_proof *p = &seen->proof;
    map->proof = proof_of_all(seen);
    if (!seen->verified)
        map_say(map->verdict, MAP_SENTENCE_ROOM, "%s",
                map->proof == MAP_DAMAGED ? "damaged" : "nothing here can be verified");
    else
        map_say(map->verdict, MAP_SENTENCE_ROOM, "%s",
                mk_verdict_name(mk_inspection_verdict(seen)));
    if (p->boot_modules > 0 && p->proven == p->boot_modules)
        map_say(map->verdict, MAP_SENTENCE_ROOM, "; boot code proven (%u module%s)", p->proven,
                plural(p->proven));
    else if (p->boot_modules > 0)
        map_say(map->verdict, MAP_SENTENCE_ROOM, "; boot code not proven (%u of %u module%s)",
                p->boot_modules - p->proven, p->boot_modules, plural(p->boot_modules));
}

static void tell_strip(char out[MAP_SENTENCE_ROOM], struct map_facts *facts) {
    char size[COLUMN_SIZE_ROOM];
    uint64_t bytes = mk_ranges_size(&facts->removed);
    const char *why = facts->refusal.what;
    if (!facts->strips)
        map_say(out, MAP_SENTENCE_ROOM, "me-strip removes nothing: %s.",
                *why ? why : mk_code_sentence(facts->refusal.code));
    else if (bytes == 0)
        map_say(out, MAP_SENTENCE_ROOM, "Nothing is left for me-strip to remove.");
    else {
        map_say(out, MAP_SENTENCE_ROOM, "me-strip would remove %s", column_size(bytes, size));
        map_say(out, MAP_SENTENCE_ROOM, " of %s: %u partition%s, %u module%s",
                column_size(facts->image->region.n, size), facts->partitions,
                plural(facts->partitions), facts->modules, plural(facts->modules));
        if (facts->minimum > 0)
            map_say(out, MAP_SENTENCE_ROOM, "; the region could then shrink to %s",
                    column_size(facts->minimum, size));
        map_say(out, MAP_SENTENCE_ROOM, ".");
    }
}

static void tell_bar(struct map_bar *bar) {
    static const struct {
        enum map_kind kind;
        const char *word;
    } told[] = {{MAP_FREE, "free"}, {MAP_ERASED, "erased"}, {MAP_ABSENT, "not in this file"}};
    char size[COLUMN_SIZE_ROOM], what[MAP_LABEL_ROOM];
    memcpy(what, bar->what, sizeof what);
    snprintf(bar->title, sizeof bar->title, "%s, %s", what,
             column_size(bar->end - bar->start, size));
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
        uint64_t bytes = 0;
        for (size_t i = 0; i < bar->n; i++)
            if (bar->parts[i].kind == told[k].kind)
                bytes += bar->parts[i].end - bar->parts[i].start;
        if (bytes > 0)
            map_say(bar->title, sizeof bar->title, ", %s %s", column_size(bytes, size),
                    told[k].word);
    }
}

bool map_tell(struct map *map, struct map_facts *facts, struct mk_error *e) {
    for (unsigned i = 0; i < map->n_bars; i++)
        tell_bar(&map->bars[i]);
    tell_subject(map->subject, facts->image);
    tell_verdict(map, facts->seen);
    tell_strip(map->strip, facts);
    return tell_state(map->state, facts->image, e);
}
