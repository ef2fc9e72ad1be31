#include "take.h"

#include <mekit/base/arith.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 16u

/* NULL: no memory. */
static struct output *next_of(struct take_files *files) {
    if (files->n == files->room) {
        size_t room = files->room ? 2 * files->room : FIRST_ROOM;
        struct output *list = mk_resize(files->list, room, sizeof *list);
        if (!list)
            return NULL;
        files->list = list;
        files->room = room;
    }
    files->list[files->n] = (struct output){.fd = -1};
    return &files->list[files->n++];
}

bool take_files_start(struct take_files *files, const struct tool_run *run, const char *folder,
                      struct mk_error *e) {
    *files = (struct take_files){.run = run, .folder = folder};
    if (run->common.dry_run)
        return true;
    struct output *o = next_of(files);
    return o ? output_make_folder(o, folder, e) : mk_fail_memory(e);
}

static bool prepare(struct take_files *files, const char *name, struct mk_span part,
                    struct mk_error *e) {
    size_t room = strlen(files->folder) + strlen(name) + 2;
    struct output *o = next_of(files);
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%s/%s", files->folder, name);
    bool done = o && path ? output_prepare(o, path, part, e) : mk_fail_memory(e);
    free(path);
    return done;
}

bool take_files_add(struct take_files *files, const char *name, struct mk_span part,
                    struct mk_error *e) {
    const struct tool_run *run = files->run;
    if (!run->common.dry_run && !prepare(files, name, part, e))
        return false;
    if (!run->common.quiet)
        fprintf(run->words, "%s: 0x%08zx bytes  %s\n", run->tool->name, part.n, name);
    return true;
}

bool take_files_end(struct take_files *files, bool done, struct mk_error *e) {
    bool kept = done && output_commit(files->list, files->n, e);
    output_discard(files->list, files->n);
    free(files->list);
    *files = (struct take_files){0};
    return kept;
}
