/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "leftover.h"

#include <mekit/base/arith.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST_ROOM 4u

struct leftover {
    const char *path, *old;
};

static struct leftover *list;
static size_t n_list, room;

static const int ending_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
#define SIGNALS (sizeof ending_signals / sizeof *ending_signals)

static void undo(const struct leftover *l) {
    if (l->old)
        rename(l->old, l->path);
    else if (unlink(l->path) != 0)
        rmdir(l->path);
}

static void remove_and_die(int number) {
    for (size_t i = n_list; i-- > 0;)
        if (list[i].path)
            undo(&list[i]);
    signal(number, SIG_DFL);
    raise(number);
}

void leftover_block(sigset_t *old) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaddset(&set, ending_signals[i]);
    sigprocmask(SIG_BLOCK, &set, old);
}

/* A signal that the parent ignores stays ignored. */
static void catch_signals(void) {
    for (size_t i = 0; i < SIGNALS; i++) {
        struct sigaction action;
        if (sigaction(ending_signals[i], NULL, &action) != 0 || action.sa_handler != SIG_DFL)
            continue;
        action = (struct sigaction){.sa_handler = remove_and_die};
        sigaction(ending_signals[i], &action, NULL);
    }
}

size_t leftover_add(const char *path) {
    if (n_list == room) {
        size_t more = room ? 2 * room : FIRST_ROOM;
        struct leftover *grown = mk_resize(list, more, sizeof *list);
        if (!grown)
            return 0;
        list = grown;
        room = more;
    }
    catch_signals();
    list[n_list++] = (struct leftover){.path = path};
    return n_list;
}

void leftover_rename(size_t number, const char *path, const char *old) {
    if (number == 0)
        return;
    list[number - 1] = (struct leftover){path, old};
    while (n_list > 0 && !list[n_list - 1].path)
        n_list--;
    if (n_list == 0) {
        free(list);
        list = NULL;
        room = 0;
    }
}
