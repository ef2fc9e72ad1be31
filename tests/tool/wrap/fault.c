#define _GNU_SOURCE
#include "trial.h"

#include <stdio.h>
#include <string.h>

#define SECONDS       20
#define SECONDS_CRASH 1 /* for a library that is known to hang */

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

static bool read_action(struct trial *t, const char *what) {
    struct wrap *f = &t->fault;
    bool is_signal = strncmp(what, "SIG", 3) == 0;
    f->action = strcmp(what, "short") == 0     ? WRAP_SHORT
                : strcmp(what, "EINTR") == 0   ? WRAP_RETRY
                : strcmp(what, "nothing") == 0 ? WRAP_NOTHING
                : is_signal                    ? WRAP_SIGNAL
                                               : WRAP_FAIL;
    t->once = f->action == WRAP_SHORT || f->action == WRAP_RETRY;
    f->on = f->on || t->once;
    f->number = is_signal ? number_of(what + 3, sigabbrev_np) : number_of(what, strerrorname_np);
    return f->number != 0 || f->action == WRAP_SHORT || f->action == WRAP_NOTHING;
}

static bool read_call(struct trial *t, const char *text) {
    char name[20];
    size_t n = strcspn(text, ":");
    if (text[n] == '\0' || n >= sizeof name)
        return false;
    t->fault.on = n > 0 && text[n - 1] == '+';
    snprintf(name, sizeof name, "%.*s", (int)(n - t->fault.on), text);
    for (uint32_t i = 0; i < WRAP_COUNT; i++)
        if (strcmp(calls[i], name) == 0) {
            t->run.preload = true;
            t->run.seconds = i == WRAP_seccomp ? SECONDS_CRASH : SECONDS;
            t->fault.call = i;
            return read_action(t, text + n + 1);
        }
    return false;
}

bool fault_read(struct trial *t, const char *text) {
    t->fault = (struct wrap){.call = WRAP_COUNT};
    t->run.streams = NULL;
    t->run.file_size = -1;
    t->run.preload = false;
    t->run.seconds = SECONDS;
    t->once = *text >= '0' && *text <= '2';
    if (t->once)
        t->run.streams = text;
    return t->once || strcmp(text, "fsize") == 0 || read_call(t, text);
}

uint64_t fault_places(const struct trial *t) {
    uint64_t new = state_largest_new(&t->before, &t->good.state);
    if (t->run.preload)
        return t->calls[t->fault.call];
    return new > t->good.n_out ? new : t->good.n_out;
}
