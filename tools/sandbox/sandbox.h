/* SPDX-License-Identifier: MIT */
/* The process gives up rights that it does not need before it parses bytes that may be hostile.
 *
 * Call sandbox_enter once the named inputs are in memory; open streams can be read afterwards. It
 * warms the libraries up, so that they load nothing later, then sets no_new_privs, resource limits,
 * Landlock and seccomp. Afterwards:
 *
 *   open, create, rename, stat ...   fail (EPERM, or EACCES by Landlock) except for needed places
 *   exec, fork, ptrace, sockets ...  kill the process
 *   new executable memory, all else  fails with EPERM
 *
 * If the kernel (or a container) does not allow a part, the report says so; it is not a failure. */
#ifndef MEKIT_TOOLS_SANDBOX_H
#define MEKIT_TOOLS_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sandbox_kind {
    SANDBOX_FILE,     /* written next to it, then renamed to this */
    SANDBOX_IN_PLACE, /* the same, and path.orig links to the old file */
    SANDBOX_FOLDER,   /* files are written in it; the tool makes it if it is missing, and removes it
                         again if that fails */
};

/* A place that the tool writes by name inside the sandbox. Landlock allows its folder and
 * everything below it, seccomp the calls for it: the tool can create, rename and remove files
 * there, but can't open an existing file. */
struct sandbox_place {
    const char *path;
    enum sandbox_kind kind;
};

#define SANDBOX_PLACES 6

struct sandbox_need {
    struct sandbox_place places[SANDBOX_PLACES];
    size_t n_places;
    bool idle;       /* nothing will be parsed: do not warm up the libraries */
    bool threads;    /* start threads (threads.h), since there is much to unpack */
    uint64_t memory; /* bytes of address space that may be added; 0: no limit */
};

/* The parts that are active; all zero: the tool did not try. */
struct sandbox_report {
    const char *none; /* why the tool did not try, or NULL */
    bool seccomp;
    int landlock;                      /* the interface's version; 0: not active */
    int seccomp_error, landlock_error; /* errno of an inactive part */
};

/* Call it before the first digest of the process, inside or outside the sandbox: the libraries then
 * read no configuration. */
void sandbox_settle(void);

/* Makes the libraries load everything now that they load at first use: libcrypto's algorithms,
 * jansson's random seed. sandbox_enter does it too; a process that warms up before a fork saves its
 * children the work. */
void sandbox_warm_up(void);

/* True if all parts are active. */
bool sandbox_enter(const struct sandbox_need *need, struct sandbox_report *report);

/* "seccomp, Landlock 3", "seccomp; no Landlock (Function not implemented)". Returns out. */
char *sandbox_text(const struct sandbox_report *report, char *out, size_t n);

#endif
