/* SPDX-License-Identifier: MIT */
#include "dump.h"

const json_t *dump_names(const struct tool_run *run) {
    const struct dump_options *o = run->options;
    return o ? o->names : NULL;
}

bool dump_identity(const struct tool_run *run) {
    const struct dump_options *o = run->options;
    return o && o->identity;
}

bool dump_look(const struct tool_run *run, const struct mk_image *image, struct mk_inspection *seen,
               struct mk_error *e) {
    unsigned closely = MK_LOOK_READ | MK_LOOK_CHAIN | MK_LOOK_COPIES;
    return mk_inspect(image, closely, run->books.list, run->books.n, seen, e);
}
