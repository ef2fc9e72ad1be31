/* SPDX-License-Identifier: MIT */
/* The process gives up what it will not need, before it parses what may be hostile.
 *
 * Call it once the inputs are in memory: it warms the libraries up, so that nothing is loaded
 * later, then sets no new privileges, resource limits, Landlock and seccomp. Afterwards:
 *
 *   open, create, rename, stat ...   fail (EPERM, or EACCES by Landlock), but for the places needed
 *   exec, fork, ptrace, sockets ...  kill the process
 *   new executable memory, all else  fails with EPERM
 *
 * If the kernel (or a container) does not allow a part, the report says so; it is no failure. */
#ifndef MEKIT_TOOLS_SANDBOX_H
#define MEKIT_TOOLS_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sandbox_kind {
    SANDBOX_FILE,     /* written beside, then renamed to this */
    SANDBOX_IN_PLACE, /* the same, and the old one is linked to path.orig */
    SANDBOX_FOLDER,   /* files are written in it; it is made if there is none, and removed again if
                         that fails */
};

/* A place that the tool writes by name once it is inside. Landlock allows its folder and all below
 * it, seccomp the calls for it: files can be created there, renamed and removed, but no existing
 * file can be opened. */
struct sandbox_place {
    const char *path;
    enum sandbox_kind kind;
};

#define SANDBOX_PLACES 6

struct sandbox_need {
    struct sandbox_place places[SANDBOX_PLACES];
    size_t n_places;
    bool idle;       /* nothing will be parsed: the libraries are left alone */
    bool threads;    /* start them (threads.h): much will be unpacked */
    uint64_t memory; /* bytes of address space that may be added; 0: no limit */
};

/* The parts that are active; all zero: the tool did not try. */
struct sandbox_report {
    const char *none; /* why the tool did not try, or NULL */
    bool seccomp;
    int landlock;                      /* the interface's version; 0: not active */
    int seccomp_error, landlock_error; /* errno, where not active */
};

/* Before the first digest of the process, inside the sandbox or out of it: the libraries then read
 * no configuration. */
void sandbox_settle(void);

/* Makes the libraries load now what they load at first use: libcrypto's algorithms, jansson's
 * random seed. sandbox_enter does it too; what it forks need not do it again. */
void sandbox_warm_up(void);

/* True if all of it is active. */
bool sandbox_enter(const struct sandbox_need *need, struct sandbox_report *report);

/* "seccomp, Landlock 3", "seccomp; no Landlock (Function not implemented)". Returns out. */
char *sandbox_text(const struct sandbox_report *report, char *out, size_t n);

#endif
