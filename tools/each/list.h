/* SPDX-License-Identifier: MIT */
/* Private to the runner: the names of many files, from the command line or from a list. */
#ifndef MEKIT_TOOLS_LIST_H
#define MEKIT_TOOLS_LIST_H

#include <limits.h>
#include <mekit/base/error.h>

#define LIST_BUFFER 65536u

struct list {
    char **names; /* from the command line */
    size_t n;
    int fd; /* of the list; -1: names come from the command line */
    size_t start, end, empty, told;
    char name[PATH_MAX]; /* the last name that list_next returned */
    char buffer[LIST_BUFFER];
};

enum list_step {
    LIST_NAME,
    LIST_LATER, /* the writer of the list has not written more yet */
    LIST_WRONG, /* an empty name; the list goes on */
    LIST_END,   /* e: MK_OK, or why the rest can't be read */
};

/* path: a file of names, each with a closing NUL; "-" is standard input; NULL: use these n names.
 * False: IO. */
bool list_open(struct list *l, const char *path, char **names, size_t n, struct mk_error *e);

/* wait false: it never waits for the writer of the list. */
enum list_step list_next(struct list *l, bool wait, struct mk_error *e);

void list_close(struct list *l);

#endif
