/* SPDX-License-Identifier: MIT */
#include "../dump.h"
#include "page.h"

static bool read_maps(const struct dump_view *views, size_t n, struct map *maps,
                      struct mk_error *e) {
    bool read = true;
    for (size_t i = 0; i < n && read; i++)
        read = map_read(views[i].image, views[i].seen, &maps[i], e);
    return read;
}

bool dump_picture(const struct tool_run *run, const struct dump_view *views, size_t n,
                  const json_t *differences, struct mk_error *e) {
    static const char *const roles[] = {"before", "after"};
    struct map maps[2] = {{.n_bars = 0}, {.n_bars = 0}};
    struct svg_sheet sheets[2];
    const struct dump_options *o = run->options;
    for (size_t i = 0; i < n; i++)
        sheets[i] = (struct svg_sheet){views[i].input, n > 1 ? roles[i] : NULL, &maps[i]};
    bool drawn =
        read_maps(views, n, maps, e) && (o->html ? page_write(run, views, sheets, n, differences, e)
                                                 : svg_write(run->words, sheets, n, false, e));
    for (size_t i = 0; i < n; i++)
        map_free(&maps[i]);
    return drawn;
}
