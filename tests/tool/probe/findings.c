/* SPDX-License-Identifier: MIT */
/* Prints the table of findings as lines: id, severity, blocked operations, whether the user can
 * accept it, next step; with an argument the names of the operations. pages.sh compares mekit(7)
 * and the schema with them. */
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
    const char *comma = "";
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (sets[i].operations == operations) {
            printf("%s", sets[i].words);
            return;
        }
    for (unsigned one = 1; mk_operation_name(one); one <<= 1)
        if (operations & one) {
            printf("%s%s", comma, mk_operation_name(one));
            comma = ", ";
        }
}

int main(int argc, char **argv) {
    (void)argv;
    for (unsigned one = 1; argc > 1 && mk_operation_name(one); one <<= 1)
        puts(mk_operation_name(one));
    if (argc > 1)
        return 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        printf("%s\t%s\t", rows[i].id, rows[i].severity);
        print_operations(rows[i].blocks);
        printf("\t%s\t%s\n", rows[i].accept ? "--accept" : "", rows[i].next);
    }
    return 0;
}
