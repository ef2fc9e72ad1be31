#define _GNU_SOURCE
#include "leftover.h"

#include <mekit/base/arith.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST_ROOM 4u

static const char **paths;
static size_t n_paths, room;

static const int ending_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
#define SIGNALS (sizeof ending_signals / sizeof *ending_signals)

static void remove_and_die(int number) {
    for (size_t i = n_paths; i-- > 0;)
        if (paths[i] && unlink(paths[i]) != 0)
            rmdir(paths[i]);
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

/* A signal that the parent has chosen to ignore stays ignored. */
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
    if (n_paths == room) {
        size_t more = room ? 2 * room : FIRST_ROOM;
        const char **grown = mk_resize(paths, more, sizeof *paths);
        if (!grown)
            return 0;
        paths = grown;
        room = more;
    }
    catch_signals();
    paths[n_paths++] = path;
    return n_paths;
}

void leftover_rename(size_t number, const char *path) {
    if (number == 0)
        return;
    paths[number - 1] = path;
    while (n_paths > 0 && !paths[n_paths - 1])
        n_paths--;
    if (n_paths == 0) {
        free(paths);
        paths = NULL;
        room = 0;
    }
}
