/* SPDX-License-Identifier: MIT */
#include "decision.h"

#include "access.h"
#include "column.h"

#include <inttypes.h>
#include <stdarg.h>

#define NAMES_SHOWN 12u

static void row(FILE *words, const char *label, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void row(FILE *words, const char *label, const char *format, ...) {
    va_list arguments;
    fprintf(words, "  " COLUMN_BOLD "%-9s" COLUMN_PLAIN " ", label);
    va_start(arguments, format);
    vfprintf(words, format, arguments);
    va_end(arguments);
    fputc('\n', words);
}

struct tally {
    unsigned all, kept;
};

static struct tally count(const struct mk_plan *plan, enum mk_decision_kind kind) {
    struct tally t = {0, 0};
    for (size_t i = 0; i < plan->n_decisions; i++) {
        t.all += plan->decisions[i].kind == kind;
        t.kept += plan->decisions[i].kind == kind && plan->decisions[i].kept;
    }
    return t;
}

/* ---- removed and kept parts ---- */

static void text_removed(FILE *words, const struct mk_plan *plan, struct tally partitions,
                         struct tally modules) {
    uint64_t filled = 0;
    char size[COLUMN_SIZE_ROOM];
    for (size_t i = 0; i < plan->n_edits; i++)
        filled += plan->edits[i].kind == MK_EDIT_FILL ? plan->edits[i].length : 0;
    fprintf(words, "  " COLUMN_BOLD "%-9s" COLUMN_PLAIN " %u of %u partitions", "removed",
            partitions.all - partitions.kept, partitions.all);
    if (modules.all > 0)
        fprintf(words, ", %u of %u modules", modules.all - modules.kept, modules.all);
    fprintf(words, ": %s\n", column_size(filled, size));
}

/* Prints the kept names, those of partitions with the reason. */
static void text_names(FILE *words, const struct mk_plan *plan, enum mk_decision_kind kind,
                       struct tally t) {
    unsigned shown = 0;
    for (size_t i = 0; i < plan->n_decisions && shown < NAMES_SHOWN; i++) {
        const struct mk_decision *d = &plan->decisions[i];
        if (d->kind != kind || !d->kept)
            continue;
        fprintf(words, "%s%s", shown ? ", " : "", d->name);
        if (kind == MK_DECIDED_PARTITION)
            fprintf(words, " (%s)", d->why);
        shown++;
    }
    if (t.kept > shown)
        fprintf(words, " and %u more", t.kept - shown);
}

static void text_kept(FILE *words, const struct mk_plan *plan, struct tally partitions,
                      struct tally modules) {
    fprintf(words, "  " COLUMN_BOLD "%-9s" COLUMN_PLAIN " ", "kept");
    if (partitions.kept == 0)
        fprintf(words, "nothing");
    text_names(words, plan, MK_DECIDED_PARTITION, partitions);
    if (modules.kept > 0) {
        fprintf(words, "; %s ", modules.kept > 1 ? "modules" : "module");
        text_names(words, plan, MK_DECIDED_MODULE, modules);
    }
    fputc('\n', words);
}

static void text_fates(FILE *words, const struct mk_plan *plan) {
    struct tally partitions = count(plan, MK_DECIDED_PARTITION);
    struct tally modules = count(plan, MK_DECIDED_MODULE);
    if (partitions.all == 0)
        return;
    text_removed(words, plan, partitions, modules);
    text_kept(words, plan, partitions, modules);
}

/* ---- the descriptor ---- */

static uint32_t word_of(const struct mk_descriptor *d, const struct mk_plan *plan,
                        unsigned master) {
    uint32_t word = d->masters[master].raw;
    for (size_t i = 0; i < plan->n_decisions; i++)
        if (plan->decisions[i].kind == MK_DECIDED_WORD &&
            plan->decisions[i].offset == d->masters[master].at)
            word = (uint32_t)plan->decisions[i].after;
    return word;
}

/* Prints every master's access before and after, for a plan that changes only access. */
static void text_matrix(FILE *words, const struct mk_descriptor *d, const struct mk_plan *plan) {
    struct access_row rows[2 * MK_LIMIT_MASTERS] = {0};
    size_t n = 0;
    for (unsigned after = 0; after < 2; after++)
        for (unsigned i = 0, first = 1; i < MK_LIMIT_MASTERS; i++) {
            if (!d->masters[i].present)
                continue;
            const char *when = !first ? "" : after ? "after" : "before";
            snprintf(rows[n].label, sizeof rows[n].label, "%-9s %s", when, mk_master_name(i));
            rows[n++].word = after ? word_of(d, plan, i) : d->masters[i].raw;
            first = 0;
        }
    access_text(words, d, rows, n);
}

/* Prints a word and returns its kind. */
static enum decision_word text_word(FILE *words, const struct mk_descriptor *d,
                                    const struct mk_decision *word, bool matrix) {
    static const char *const labels[] = {"access", "regions", "strap", "written"};
    char name[DECISION_NAME_ROOM];
    unsigned number;
    enum decision_word what = decision_word_find(d, word, name, &number);
    bool unasked = what == WORD_OTHER && word->before == word->after;
    if (unasked || (matrix && what == WORD_ACCESS))
        return what;
    if (word->before == word->after)
        row(words, labels[what], "%s: %08" PRIx64 ", unchanged", word->why, word->before);
    else
        row(words, labels[what], "%s: %08" PRIx64 " -> %08" PRIx64, word->why, word->before,
            word->after);
    return what;
}

static void text_words(FILE *words, const struct mk_image *image, const struct mk_plan *plan) {
    bool access = false, matrix = count(plan, MK_DECIDED_PARTITION).all == 0;
    for (size_t i = 0; i < plan->n_decisions; i++)
        if (plan->decisions[i].kind == MK_DECIDED_WORD)
            access |=
                text_word(words, &image->descriptor, &plan->decisions[i], matrix) == WORD_ACCESS;
    if (access && matrix)
        text_matrix(words, &image->descriptor, plan);
}

/* ---- moves, and the state of the output ---- */

static void text_rest(FILE *words, const struct mk_decision *d) {
    char size[COLUMN_SIZE_ROOM];
    switch (d->kind) {
    case MK_DECIDED_MOVE:
        row(words, "moved", "%s from 0x%06" PRIx64 " to 0x%06" PRIx64 ", %s", d->name, d->before,
            d->after, column_size(d->length, size));
        break;
    case MK_DECIDED_SIGNATURE:
        row(words, "checked", "the signature of %s is %s; a second run changes nothing", d->name,
            d->kept ? "valid" : "invalid");
        break;
    case MK_DECIDED_MINIMUM:
        row(words, "size", "the ME region can be reduced to %s (%08" PRIx64 ":%08" PRIx64 " me)",
            column_size(d->length, size), d->offset, d->offset + d->length - 1);
        break;
    case MK_DECIDED_PARTITION:
    case MK_DECIDED_MODULE:
    case MK_DECIDED_WORD:
        break;
    }
}

void decision_text(FILE *words, const struct mk_image *image, const struct mk_plan *plan) {
    text_fates(words, plan);
    text_words(words, image, plan);
    for (size_t i = 0; i < plan->n_decisions; i++)
        text_rest(words, &plan->decisions[i]);
}
