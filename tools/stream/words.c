/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "words.h"

#include <mekit/base/arith.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 4096u

static bool grow(struct words *w, size_t more) {
    size_t room = w->room ? w->room : FIRST_ROOM;
    while (room - w->n < more)
        room *= 2;
    if (room == w->room)
        return true;
    char *text = mk_resize(w->text, room, 1);
    if (!text)
        return false;
    w->text = text;
    w->room = room;
    return true;
}

static ssize_t keep(void *cookie, const char *text, size_t n) {
    struct words *w = cookie;
    w->lacking = w->lacking || !grow(w, n);
    if (w->lacking)
        return 0;
    memcpy(w->text + w->n, text, n);
    w->n += n;
    return (ssize_t)n;
}

/* Do not use open_memstream: glibc's version does not report that it lost a part. */
bool words_open(struct words *w, struct mk_error *e) {
    *w = (struct words){.n = 0};
    w->stream = fopencookie(w, "w", (cookie_io_functions_t){.write = keep});
    return w->stream || mk_fail_memory(e);
}

static void (*inherited)(int) = SIG_DFL;

void words_survive_pipe(void) {
    inherited = signal(SIGPIPE, SIG_IGN);
}

void words_end_with_pipe(void) {
    signal(SIGPIPE, inherited);
}

bool words_close(struct words *w, FILE *place, struct mk_error *e) {
    bool whole = fclose(w->stream) == 0 && !w->lacking;
    bool prints = whole && place && w->n > 0;
    if (prints && place == stdout)
        words_end_with_pipe();
    if (prints)
        fwrite(w->text, 1, w->n, place);
    free(w->text);
    *w = (struct words){.n = 0};
    return whole || mk_fail_memory(e);
}

bool words_take(struct words *w, char **text, struct mk_error *e) {
    fputc('\0', w->stream);
    bool whole = fclose(w->stream) == 0 && !w->lacking;
    *text = w->text;
    if (!whole) {
        free(w->text);
        *text = NULL;
    }
    *w = (struct words){.n = 0};
    return whole || mk_fail_memory(e);
}
