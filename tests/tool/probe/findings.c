/* SPDX-License-Identifier: MIT */
/* Prints the table of findings as lines: id, severity, blocked operations, whether the user can
 * accept it, next step. pages.sh compares mekit(7) with it. */
#include <mekit/inspect/finding.h>

#include <stdio.h>

#define DAMAGE  "damage"
#define WARNING "warning"
#define NOTE    "note"

static const struct {
    const char *id, *severity;
    unsigned blocks;
    bool accept;
    const char *next;
} rows[] = {
#define X(name, id, severity, blocks, accept, exit, next) {id, severity, blocks, accept, next},
    MK_FINDINGS(X)
#undef X
};

static const struct {
    unsigned operations;
    const char *words;
} sets[] = {
    {MK_TO_ANYTHING, "everything"},
    {MK_TO_EDIT, "every edit"},
    {MK_TO_EDIT_DESCRIPTOR, "edits of the descriptor"},
    {MK_TO_EDIT_ME, "strip, relocate"},
    {0, "nothing"},
};

static void print_operations(unsigned operations) {
    static const char *const names[] = {"take",  "access",   "strap",   "descriptor",
                                        "strip", "relocate", "reclaim", "replace"};
    const char *comma = "";
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (sets[i].operations == operations) {
            printf("%s", sets[i].words);
            return;
        }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (operations >> i & 1) {
            printf("%s%s", comma, names[i]);
            comma = ", ";
        }
}

int main(void) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        printf("%s\t%s\t", rows[i].id, rows[i].severity);
        print_operations(rows[i].blocks);
        printf("\t%s\t%s\n", rows[i].accept ? "--accept" : "", rows[i].next);
    }
    return 0;
}
