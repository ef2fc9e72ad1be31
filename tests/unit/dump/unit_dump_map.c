/* SPDX-License-Identifier: MIT */
#include "dump/drawn.h"

#include <mekit/action/strip.h>

TestSuite(map, .fini = check_leaks);

static const struct map_bar *bar_named(const struct map *map, const char *name) {
    for (unsigned i = 0; i < map->n_bars; i++)
        if (strcmp(map->bars[i].what, name) == 0)
            return &map->bars[i];
    return NULL;
}

static const struct map_part *part_named(const struct map_bar *bar, const char *label) {
    for (size_t i = 0; bar && i < bar->n; i++)
        if (strcmp(bar->parts[i].label, label) == 0)
            return &bar->parts[i];
    return NULL;
}

static size_t count(const struct map *map, enum map_kind kind) {
    size_t n = 0;
    for (unsigned i = 0; i < map->n_bars; i++)
        for (size_t k = 0; k < map->bars[i].n; k++)
            n += map->bars[i].parts[k].kind == kind;
    return n;
}

Test(map, bars_have_no_holes) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct drawn d;
        drawn_open(&d, forge_recipe(i)->name);
        for (unsigned b = 0; b < d.map.n_bars; b++) {
            const struct map_bar *bar = &d.map.bars[b];
            uint64_t at = bar->start;
            for (size_t k = 0; k < bar->n; k++) {
                cr_assert_eq(bar->parts[k].start, at, "%s: %s", forge_recipe(i)->name, bar->what);
                cr_assert_gt(bar->parts[k].end, at);
                cr_assert(*bar->parts[k].label);
                at = bar->parts[k].end;
            }
            cr_assert_eq(at, bar->end, "%s: %s", forge_recipe(i)->name, bar->what);
        }
        drawn_close(&d);
    }
}

Test(map, what_a_strip_removes_and_keeps) {
    struct drawn d;
    drawn_open(&d, "good-full-me8");
    const struct map_bar *me = bar_named(&d.map, "ME region"), *boot = bar_named(&d.map, "FTPR");
    cr_assert(me && boot && bar_named(&d.map, "flash"));
    cr_assert_eq(part_named(me, "FTPR")->kind, MAP_BOOT);
    cr_assert_eq(part_named(me, "FTUP/NFTP")->kind, MAP_REMOVABLE);
    cr_assert_eq(part_named(me, "$FPT")->kind, MAP_TABLE);
    cr_assert_eq(part_named(boot, "BUP")->kind, MAP_BOOT);
    cr_assert_eq(part_named(boot, "RSA")->kind, MAP_REMOVABLE);
    cr_assert_eq(me->n_marks, 1);
    drawn_close(&d);
}

Test(map, nothing_is_left_to_remove_after_a_strip) {
    struct drawn d;
    struct mk_strip_options options = {.force = false};
    struct mk_plan plan;
    struct mk_span output;
    struct mk_error e = {0};
    drawn_open(&d, "good-full-me8");
    mk_plan_start(&plan, d.shown.image.bytes);
    cr_assert(mk_strip_plan(&d.shown.image, &options, &plan, &e) && mk_plan_close(&plan, &e));
    cr_assert(mk_plan_apply(&plan, d.shown.input.bytes, &output, &e));
    mk_plan_free(&plan);
    drawn_again(&d);
    cr_assert_eq(count(&d.map, MAP_REMOVABLE), 0);
    cr_assert_eq(part_named(bar_named(&d.map, "FTPR"), "RSA")->kind, MAP_ERASED);
    cr_assert_eq(part_named(bar_named(&d.map, "FTPR"), "BUP")->kind, MAP_BOOT);
    cr_assert_null(part_named(bar_named(&d.map, "ME region"), "FTUP/NFTP"));
    cr_assert_str_eq(d.map.strip, "Nothing is left for me-strip to remove.");
    drawn_close(&d);
}

Test(map, damage_shows_where_it_is_and_in_the_verdict) {
    struct drawn d;
    drawn_open(&d, "good-full-me8");
    cr_assert_neq(d.map.proof, MAP_DAMAGED);
    const struct map_part *rsa = part_named(bar_named(&d.map, "FTPR"), "RSA");
    cr_assert_eq(rsa->proof, MAP_PROVEN);
    uint64_t at = rsa->start + (rsa->end - rsa->start) / 2;
    uint8_t old = mk_span_u8(mk_buffer_span(d.shown.input.bytes), at);
    mk_buffer_uint(d.shown.input.bytes, at, 1, (uint8_t)(old ^ 1));
    drawn_again(&d);
    cr_assert_eq(part_named(bar_named(&d.map, "FTPR"), "RSA")->proof, MAP_DAMAGED);
    cr_assert_eq(part_named(bar_named(&d.map, "ME region"), "FTPR")->proof, MAP_DAMAGED);
    cr_assert_eq(d.map.proof, MAP_DAMAGED);
    drawn_close(&d);
}

Test(map, the_other_chip_is_not_in_this_file) {
    struct drawn d;
    drawn_open(&d, "good-x230-bottom");
    const struct map_bar *flash = bar_named(&d.map, "flash");
    const struct map_part *last = &flash->parts[flash->n - 1];
    cr_assert_eq(last->kind, MAP_ABSENT);
    cr_assert_eq(last->start, d.shown.input.bytes.n);
    cr_assert_str_eq(last->label, "bios");
    cr_assert_eq(flash->n_groups, 2);
    cr_assert_str_eq(flash->marks[0].label, "end of this file");
    drawn_close(&d);
}

Test(map, every_kind_has_a_name_and_a_letter_of_its_own) {
    for (unsigned i = 0; i < MAP_KINDS; i++)
        for (unsigned k = 0; k <= i; k++) {
            cr_assert_eq(map_kind_letter(i) == map_kind_letter(k), i == k);
            cr_assert_eq(strcmp(map_kind_name(i), map_kind_name(k)) == 0, i == k);
        }
}
