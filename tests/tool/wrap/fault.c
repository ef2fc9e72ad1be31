/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "driver.h"

#include <stdio.h>
#include <string.h>

#define SECONDS       20
#define SECONDS_CRASH 1 /* for a library that may hang */

static const char *const calls[] = {
#define X(name) #name,
    WRAP_CALLS(X)
#undef X
};

static uint32_t number_of(const char *name, const char *(*name_of)(int)) {
    for (int i = 1; i < 134; i++)
        if (name_of(i) && strcmp(name_of(i), name) == 0)
            return (uint32_t)i;
    return 0;
}

static bool read_action(struct driver *d, const char *what) {
    struct wrap *f = &d->fault;
    bool is_signal = strncmp(what, "SIG", 3) == 0;
    f->action = strcmp(what, "short") == 0     ? WRAP_SHORT
                : strcmp(what, "EINTR") == 0   ? WRAP_RETRY
                : strcmp(what, "nothing") == 0 ? WRAP_NOTHING
                : is_signal                    ? WRAP_SIGNAL
                                               : WRAP_FAIL;
    d->once = f->action == WRAP_SHORT || f->action == WRAP_RETRY;
    f->on = f->on || d->once;
    f->number = is_signal ? number_of(what + 3, sigabbrev_np) : number_of(what, strerrorname_np);
    return f->number != 0 || f->action == WRAP_SHORT || f->action == WRAP_NOTHING;
}

static bool read_call(struct driver *d, const char *text) {
    char name[20];
    size_t n = strcspn(text, ":");
    if (text[n] == '\0' || n >= sizeof name)
        return false;
    d->fault.on = n > 0 && text[n - 1] == '+';
    snprintf(name, sizeof name, "%.*s", (int)(n - d->fault.on), text);
    for (uint32_t i = 0; i < WRAP_COUNT; i++)
        if (strcmp(calls[i], name) == 0) {
            d->run.preload = true;
            d->run.seconds = i == WRAP_seccomp ? SECONDS_CRASH : SECONDS;
            d->fault.call = i;
            return read_action(d, text + n + 1);
        }
    return false;
}

bool fault_read(struct driver *d, const char *text) {
    d->fault = (struct wrap){.call = WRAP_COUNT};
    d->run.streams = NULL;
    d->run.file_size = -1;
    d->run.preload = false;
    d->run.seconds = SECONDS;
    d->once = *text >= '0' && *text <= '2';
    if (d->once)
        d->run.streams = text;
    return d->once || strcmp(text, "fsize") == 0 || read_call(d, text);
}

uint64_t fault_places(const struct driver *d) {
    uint64_t new = state_largest_new(&d->before, &d->good.state);
    if (d->run.preload)
        return d->calls[d->fault.call];
    return new > d->good.n_out ? new : d->good.n_out;
}
