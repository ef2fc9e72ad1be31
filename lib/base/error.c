/* SPDX-License-Identifier: MIT */
#include <mekit/base/error.h>

#include <mekit/base/arith.h>
#include <mekit/base/limit.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *sentence, *next;
    enum mk_exit exit;
} codes[MK_CODE_COUNT] = {[MK_OK] = {"OK", "nothing is wrong", "", MK_EXIT_DONE},
#define X(name, exit, sentence, next) [MK_E_##name] = {#name, sentence, next, MK_EXIT_##exit},
                          MK_CODES(X)
#undef X
};

bool mk_fail(struct mk_error *e, enum mk_code code, uint64_t offset, const char *format, ...) {
    if (!e)
        return false;
    *e = (struct mk_error){.code = code, .offset = offset};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(e->what, sizeof e->what, format, arguments);
    va_end(arguments);
    return false;
}

bool mk_fail_limit(struct mk_error *e, enum mk_code code, uint64_t offset, uint64_t got,
                   uint64_t limit, const char *what) {
    bool exact = code == MK_E_FIELD || code == MK_E_CHECKSUM;
    mk_fail(e, code, offset, "%s: %s: 0x%" PRIx64 " (%s 0x%" PRIx64 ")", codes[code].sentence, what,
            got, exact ? "expected" : "at most", limit);
    if (e) {
        e->got = got;
        e->limit = limit;
    }
    return false;
}

bool mk_fail_memory(struct mk_error *e) {
    return mk_fail(e, MK_E_MEMORY, MK_NOWHERE, "out of memory");
}

bool mk_fail_as(struct mk_error *e, const struct mk_error *problem) {
    if (e)
        *e = *problem;
    return false;
}

const char *mk_code_name(enum mk_code code) {
    return codes[code].name;
}

const char *mk_code_sentence(enum mk_code code) {
    return codes[code].sentence;
}

enum mk_exit mk_code_exit(enum mk_code code) {
    return codes[code].exit;
}

/* Adds a full stop to a sentence without one. */
static const char *end_of(const char *sentence) {
    size_t n = strlen(sentence);
    return n == 0 || strchr(".!?:", sentence[n - 1]) ? "" : ".";
}

void mk_error_text(const struct mk_error *e, char *out, size_t n) {
    char place[40] = "";
    if (e->offset != MK_NOWHERE)
        snprintf(place, sizeof place, "offset 0x%" PRIx64 ": ", e->offset);
    const char *what = *e->what ? e->what : codes[e->code].sentence;
    const char *next = e->next ? e->next : codes[e->code].next;
    snprintf(out, n, "%s%s%s%s%s%s", place, what, end_of(what), *next ? " " : "", next,
             end_of(next));
}

bool mk_errors_add(struct mk_errors *errors, const struct mk_error *one, struct mk_error *e) {
    if (errors->n >= MK_LIMIT_ERRORS)
        return true;
    struct mk_error *more = mk_resize(errors->list, errors->n + 1, sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    errors->list = more;
    errors->list[errors->n++] = *one;
    return true;
}

void mk_errors_free(struct mk_errors *errors) {
    free(errors->list);
    *errors = (struct mk_errors){.n = 0};
}
