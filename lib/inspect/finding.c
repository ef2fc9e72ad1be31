/* SPDX-License-Identifier: MIT */
#include <mekit/inspect/finding.h>

#include <mekit/base/arith.h>
#include <mekit/base/limit.h>
#include <mekit/base/text.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct row {
    const char *word;
    enum mk_severity severity;
    unsigned blocks;
    bool acceptable;
    enum mk_exit exit;
    const char *next;
} rows[MK_FINDING_COUNT] = {
#define X(name, word, severity, blocks, accept, exit, next)                                        \
    [MK_FINDING_##name] = {word, MK_##severity, blocks, accept, MK_EXIT_##exit, next},
    MK_FINDINGS(X)
#undef X
};

const char *mk_severity_name(enum mk_severity s) {
    static const char *const names[] = {"note", "warning", "damage"};
    return names[s];
}

const char *mk_operation_name(unsigned operation) {
    switch (operation) {
#define X(name, bit, word)                                                                         \
    case MK_TO_##name:                                                                             \
        return word;
        MK_OPERATIONS(X)
#undef X
    default:
        return NULL;
    }
}

const char *mk_finding_word(enum mk_finding_id id) {
    return rows[id].word;
}

/* False: it is already listed, or there are enough findings of its id. */
static bool is_wanted(const struct mk_findings *f, const struct mk_finding *one) {
    unsigned same = 0;
    for (size_t i = 0; i < f->n; i++) {
        const struct mk_finding *other = &f->list[i];
        same += other->id == one->id;
        if (other->id == one->id && other->offset == one->offset &&
            strcmp(other->text, one->text) == 0)
            return false;
    }
    return same < MK_LIMIT_FINDINGS;
}

bool mk_finding_add(struct mk_findings *f, enum mk_finding_id id, uint64_t offset, uint64_t length,
                    struct mk_error *e, const char *format, ...) {
    const struct row *row = &rows[id];
    struct mk_finding one = {.id = id,
                             .severity = row->severity,
                             .offset = offset,
                             .length = length,
                             .blocks = row->blocks,
                             .next = row->next};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(one.text, sizeof one.text, format, arguments);
    va_end(arguments);
    if (!is_wanted(f, &one))
        return true;
    struct mk_finding *more = mk_resize(f->list, f->n + 1, sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    f->list = more;
    f->list[f->n++] = one;
    return true;
}

void mk_findings_free(struct mk_findings *f) {
    free(f->list);
    *f = (struct mk_findings){.n = 0};
}

const struct mk_finding *mk_finding_find(const struct mk_findings *f, enum mk_finding_id id) {
    for (size_t i = 0; i < f->n; i++)
        if (f->list[i].id == id)
            return &f->list[i];
    return NULL;
}

bool mk_findings_have(const struct mk_findings *f, enum mk_severity severity) {
    for (size_t i = 0; i < f->n; i++)
        if (f->list[i].severity == severity)
            return true;
    return false;
}

static bool id_of(const char *word, size_t n, enum mk_finding_id *id) {
    for (size_t i = 0; i < MK_FINDING_COUNT; i++)
        if (strlen(rows[i].word) == n && memcmp(rows[i].word, word, n) == 0) {
            *id = (enum mk_finding_id)i;
            return true;
        }
    return false;
}

bool mk_accepted_read(const char *text, mk_accepted *accepted, struct mk_error *e) {
    char masked[80];
    *accepted = 0;
    for (const char *word = text; word; word = strchr(word, ',') ? strchr(word, ',') + 1 : NULL) {
        enum mk_finding_id id;
        size_t n = strcspn(word, ",");
        mk_text_mask(masked, sizeof masked, (const uint8_t *)word, n);
        if (!id_of(word, n, &id))
            return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "there is no finding \"%s\"", masked);
        if (!rows[id].acceptable)
            return mk_fail(e, MK_E_USAGE, MK_NOWHERE, "%s can't be accepted", masked);
        *accepted |= (mk_accepted)1 << id;
    }
    return true;
}

static bool fail_with(const struct mk_finding *one, struct mk_error *e) {
    bool bad_read = rows[one->id].exit == MK_EXIT_UNRECOGNISED;
    mk_fail(e, bad_read ? MK_E_BAD_READ : MK_E_BLOCKED, one->offset, "%s: %s", rows[one->id].word,
            one->text);
    if (e)
        e->next = one->next;
    return false;
}

bool mk_findings_readable(const struct mk_findings *f, struct mk_error *e) {
    for (size_t i = 0; i < f->n; i++)
        if (f->list[i].blocks && rows[f->list[i].id].exit == MK_EXIT_UNRECOGNISED)
            return fail_with(&f->list[i], e);
    return true;
}

bool mk_findings_allow(const struct mk_findings *f, unsigned operations, mk_accepted accepted,
                       struct mk_error *e) {
    for (size_t i = 0; i < f->n; i++) {
        const struct mk_finding *one = &f->list[i];
        bool lifted = rows[one->id].acceptable && (accepted >> one->id & 1);
        if ((one->blocks & operations) && !lifted)
            return fail_with(one, e);
    }
    return true;
}
