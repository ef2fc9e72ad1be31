/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include <stdlib.h>

static bool add_bars(struct map *map, struct map_facts *facts) {
    return map_add_flash(map, facts) && map_add_region(map, facts) && map_add_boot(map, facts);
}

bool map_read(const struct mk_image *image, const struct mk_inspection *seen, struct map *map,
              struct mk_error *e) {
    struct map_facts facts = {.image = image, .seen = seen};
    *map = (struct map){.n_bars = 0};
    bool read = map_strip_read(&facts, e);
    if (read && !add_bars(map, &facts))
        read = mk_fail_memory(e);
    read = read && map_tell(map, &facts, e);
    mk_ranges_free(&facts.removed);
    return read;
}

void map_free(struct map *map) {
    for (unsigned i = 0; i < map->n_bars; i++) {
        free(map->bars[i].parts);
        free(map->bars[i].groups);
    }
    map->n_bars = 0;
}
