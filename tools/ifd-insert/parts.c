/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "report.h"
#include "run.h"

#include <mekit/base/text.h>
#include <string.h>

#define NAME_ROOM 24

static bool fail_usage(const struct tool_run *run, const char *what, const char *name,
                       int *status) {
    struct mk_error e;
    char masked[120];
    mk_fail(&e, MK_E_USAGE, MK_NOWHERE, "%s %s", what,
            mk_text_mask_string(masked, sizeof masked, name));
    *status = report_failure(run, &run->inputs[0], NULL, &e);
    return false;
}

static bool add_part(struct tool_run *run, const char *name, bool blank, int *status) {
    struct insert_options *o = run->options;
    int number = mk_region_find(name);
    if (number < 0)
        return fail_usage(run, "no region has the name", name, status);
    if (o->n == MK_LIMIT_REGIONS)
        return fail_usage(run, "there are too many regions:", name, status);
    o->parts[o->n++] = (struct mk_insert_part){.region = (unsigned)number, .blank = blank};
    return true;
}

static bool add_word(struct tool_run *run, const char *word, int *status) {
    char name[NAME_ROOM] = "";
    size_t n = strcspn(word, "=");
    if (n < sizeof name)
        memcpy(name, word, n);
    if (n >= sizeof name)
        return fail_usage(run, "no region has such a long name:", word, status);
    return add_part(run, name, false, status) && run_add_input(run, word + n + 1, status);
}

bool parts_load(struct tool_run *run, int *status) {
    struct insert_options *o = run->options;
    o->run = run;
    for (size_t i = 0; i < o->words.n; i++)
        if (!add_word(run, o->words.texts[i], status))
            return false;
    for (size_t i = 0; i < o->blank.n; i++)
        if (!add_part(run, o->blank.texts[i], true, status))
            return false;
    return true;
}

struct mk_insert_options parts_of(const struct insert_options *o, struct mk_insert_part *parts) {
    memcpy(parts, o->parts, sizeof o->parts);
    for (size_t i = 0; i < o->words.n; i++)
        parts[i].bytes = mk_buffer_span(o->run->inputs[1 + i].bytes);
    return (struct mk_insert_options){parts, o->n, o->align_end};
}
