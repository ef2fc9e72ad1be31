/* SPDX-License-Identifier: MIT */
/* Makes small faults, one at a time, in a C source that follows the house style.
 *
 * mutate FILE: lists the faults: number, line, operator, change ("old => new"; a second
 * one that looks the same gets " #2") and the line's text, separated by tabs. mutate
 * FILE NUMBER: prints the source with that one fault. */
#include "scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 1000

static struct source s;
static long wanted; /* 0: list */
static long number;

struct fault {
    const char *kind, *before, *after; /* text before and after the tokens that stay */
    bool stays;
    size_t first, last; /* tokens */
};

static size_t end_of(size_t token) {
    return s.tokens[token].start + s.tokens[token].n;
}

static void print_squeezed(const char *p, size_t n) {
    bool blank = false;
    for (size_t i = 0; i < n; i++) {
        if (strchr(" \n\t", p[i]) || (p[i] == '\\' && p[i + 1] == '\n')) {
            blank = true;
            continue;
        }
        if (blank && i > 0)
            putchar(' ');
        blank = false;
        putchar(p[i]);
    }
}

static void print_line(size_t at) {
    size_t from = at, to = at;
    while (from > 0 && s.bytes[from - 1] != '\n')
        from--;
    while (s.bytes[to] && s.bytes[to] != '\n')
        to++;
    while (s.bytes[from] == ' ')
        from++;
    print_squeezed(s.bytes + from, to - from);
}

static void emit(struct fault f) {
    size_t from = s.tokens[f.first].start, to = end_of(f.last);
    int kept = f.stays ? (int)(to - from) : 0;
    number++;
    if (wanted == 0) {
        printf("%ld\t%u\t%s\t", number, s.tokens[f.first].line, f.kind);
        print_squeezed(s.bytes + from, to - from);
        printf(" => %s", f.before);
        print_squeezed(s.bytes + from, (size_t)kept);
        printf("%s\t", f.after);
        print_line(from);
        putchar('\n');
    } else if (wanted == number) {
        printf("%.*s%s%.*s%s%s", (int)from, s.bytes, f.before, kept, s.bytes + from, f.after,
               s.bytes + to);
    }
}

static void replace(const char *kind, size_t first, size_t last, const char *text) {
    emit((struct fault){kind, text, "", false, first, last});
}

static void wrap(const char *kind, size_t first, size_t last, const char *before,
                 const char *after) {
    emit((struct fault){kind, before, after, true, first, last});
}

static bool is_opener(size_t i) {
    return s.tokens[i].partner > i;
}

static bool is_closer(size_t i) {
    return s.tokens[i].partner != 0 && s.tokens[i].partner < i;
}

static bool is_operand_end(size_t i) {
    static const char *const words[] = {"return", "sizeof", "case", "else", NULL};
    enum token_kind kind = s.tokens[i].kind;
    return (kind == TOKEN_NAME && !token_is_one_of(&s, i, words)) || kind == TOKEN_NUMBER ||
           token_is(&s, i, ")") || token_is(&s, i, "]");
}

/* `T *name` declares, `a * b` multiplies. */
static bool is_type(size_t i) {
    static const char *const words[] = {"char", "void", "int",   "unsigned",
                                        "bool", "FILE", "Bytef", NULL};
    return token_is_one_of(&s, i, words) || token_is(&s, i - 1, "struct") ||
           token_is(&s, i - 1, "enum") ||
           (s.tokens[i].n > 2 && memcmp(s.bytes + end_of(i) - 2, "_t", 2) == 0);
}

static void flip_sign(size_t i) {
    static const struct {
        const char *kind, *old, *new;
    } flips[] = {
        {"compare", "<", "<="},     {"compare", "<=", "<"},     {"compare", ">", ">="},
        {"compare", ">=", ">"},     {"compare", "==", "!="},    {"compare", "!=", "=="},
        {"logic", "&&", "||"},      {"logic", "||", "&&"},      {"arithmetic", "+", "-"},
        {"arithmetic", "-", "+"},   {"arithmetic", "*", "/"},   {"arithmetic", "/", "*"},
        {"arithmetic", "%", "/"},   {"arithmetic", "<<", ">>"}, {"arithmetic", ">>", "<<"},
        {"arithmetic", "&", "|"},   {"arithmetic", "|", "&"},   {"arithmetic", "+=", "-="},
        {"arithmetic", "-=", "+="}, {"arithmetic", "++", "--"}, {"arithmetic", "--", "++"},
    };
    bool unary_too = token_is(&s, i, "++") || token_is(&s, i, "--");
    if (s.tokens[i].kind != TOKEN_SIGN || (!unary_too && !is_operand_end(i - 1)) ||
        (token_is(&s, i, "*") && is_type(i - 1)))
        return;
    for (size_t k = 0; k < sizeof flips / sizeof *flips; k++)
        if (token_is(&s, i, flips[k].old))
            replace(flips[k].kind, i, i, flips[k].new);
}

static void step_number(size_t i) {
    char *suffix, text[64];
    const char *old = s.bytes + s.tokens[i].start;
    unsigned long long value = strtoull(old, &suffix, 0);
    const char *form =
        old[0] == '0' && (old[1] == 'x' || old[1] == 'X') ? "0x%llX%.*s" : "%llu%.*s";
    int n = (int)(s.bytes + end_of(i) - suffix);
    if (n < 0)
        return;
    snprintf(text, sizeof text, form, value + 1, n, suffix);
    replace("number", i, i, text);
    if (value == 0)
        return;
    snprintf(text, sizeof text, form, value - 1, n, suffix);
    replace("number", i, i, text);
}

/* The first (last) token of the operand that ends (begins) at i: up to one of stops. */
static size_t operand_first(size_t i, const char *const stops[]) {
    while (!is_opener(i - 1) && s.tokens[i - 1].kind != TOKEN_EDGE &&
           !token_is_one_of(&s, i - 1, stops))
        i = is_closer(i - 1) ? s.tokens[i - 1].partner : i - 1;
    return i;
}

static size_t operand_last(size_t i, const char *const stops[]) {
    while (!is_closer(i + 1) && s.tokens[i + 1].kind != TOKEN_EDGE &&
           !token_is_one_of(&s, i + 1, stops))
        i = is_opener(i + 1) ? s.tokens[i + 1].partner : i + 1;
    return i;
}

/* Drops the effect of a term on its chain, as if it were not there. The term is still evaluated. */
static void drop_terms(size_t i) {
    static const char *const around_and[] = {"&&", "||", "?", ":", ",", ";", "=", "return", NULL};
    static const char *const around_or[] = {"||", "?", ":", ",", ";", "=", "return", NULL};
    bool and = token_is(&s, i, "&&");
    if (!and&&!token_is(&s, i, "||"))
        return;
    const char *const *stops = and? around_and : around_or;
    const char *ignored = and? ", 1)" : ", 0)";
    size_t first = operand_first(i, stops);
    if (!token_is(&s, first - 1, and? "&&" : "||"))
        wrap("term", first, i - 1, "((", and? "), 1)" : "), 0)");
    wrap("term", i + 1, operand_last(i, stops), "(", ignored);
}

static void turn_condition(size_t i) {
    static const char *const around[] = {":", ",", ";", "=", "return", NULL};
    static const char *const words[] = {"if", "while", NULL};
    if (token_is(&s, i, "?"))
        wrap("negate", operand_first(i, around), i - 1, "!(", ")");
    if (token_is(&s, i, "!") && !is_operand_end(i - 1))
        replace("negate", i, i, "");
    if (!token_is_one_of(&s, i, words) || !token_is(&s, i + 1, "("))
        return;
    size_t close = s.tokens[i + 1].partner;
    wrap("never", i + 1, close, "(", " && 0)");
    bool same = token_is(&s, i + 2, "!"); /* as dropping the !, or as turning one comparison */
    for (size_t k = i + 2; k < close; k++)
        if (token_is(&s, k, "==") || token_is(&s, k, "!="))
            same = true;
    if (!same && token_is(&s, i, "if"))
        wrap("negate", i + 1, close, "(!", ")");
}

static void turn_boolean(size_t i) {
    if (token_is(&s, i, "true") || token_is(&s, i, "false"))
        replace("boolean", i, i, token_is(&s, i, "true") ? "false" : "true");
}

/* Drops an assignment, a call or a jump, but no declaration. */
static void drop_statement(size_t i) {
    static const char *const starts[] = {";", "{", "}", ")", "else", NULL};
    static const char *const jumps[] = {"break", "continue", NULL};
    static const char *const others[] = {"return", "if",     "for",     "while",  "do",
                                         "else",   "switch", "case",    "static", "const",
                                         "struct", "enum",   "default", NULL};
    static const char *const ends[] = {";", NULL};
    static const char *const heads[] = {"if", "for", "while", NULL}, *const none[] = {NULL};
    size_t name = i;
    while (token_is(&s, name, "*") || token_is(&s, name, "++") || token_is(&s, name, "--"))
        name++;
    if (!s.tokens[i].in_function || !token_is_one_of(&s, i - 1, starts) ||
        s.tokens[name].kind != TOKEN_NAME || token_is_one_of(&s, name, others))
        return;
    bool declares =
        s.tokens[name + 1].kind == TOKEN_NAME || (token_is(&s, name + 1, "*") && is_type(name));
    size_t last = operand_last(i, ends);
    bool whole = token_is(&s, last + 1, ";") && (last > name || token_is_one_of(&s, i, jumps));
    bool governed =
        !token_is(&s, i - 1, ")") || token_is_one_of(&s, s.tokens[i - 1].partner - 1, heads);
    bool in_head = token_is(&s, operand_first(i, none) - 1, "(");
    if (!declares && whole && governed && !in_head)
        replace("statement", i, last, "");
}

/* Swaps offset and length, start and end; not for lies_in, which gives the same result in both
 * orders. */
static void swap_arguments(size_t i) {
    static const struct {
        const char *name;
        unsigned first;
    } calls[] = {
        {"mk_span_cut", 1},      {"mk_span_clip", 1},   {"hash_at", 1},      {"mk_ranges_add", 1},
        {"mk_ranges_clip", 1},   {"mk_align", 0},       {"read_strap", 1},   {"mask_of", 2},
        {"mk_region_encode", 0}, {"mk_buffer_move", 1}, {"mk_field_put", 1},
    };
    static const char *const commas[] = {",", NULL};
    if (!s.tokens[i].in_function || s.tokens[i].kind != TOKEN_NAME)
        return;
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
        if (!token_is(&s, i, calls[k].name))
            continue;
        size_t a = i + 2;
        for (unsigned skip = calls[k].first; skip > 0; skip--)
            a = operand_last(a - 1, commas) + 2;
        size_t a_last = operand_last(a - 1, commas), b = a_last + 2,
               b_last = operand_last(b - 1, commas);
        int a_n = (int)(end_of(a_last) - s.tokens[a].start),
            b_n = (int)(end_of(b_last) - s.tokens[b].start);
        char text[ROOM];
        snprintf(text, sizeof text, "%.*s, %.*s", b_n, s.bytes + s.tokens[b].start, a_n,
                 s.bytes + s.tokens[a].start);
        if (a_n != b_n || strncmp(s.bytes + s.tokens[a].start, text, (size_t)a_n) != 0)
            replace("swap", a, b_last, text);
    }
}

int main(int argc, char **argv) {
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: mutate FILE [NUMBER]\n");
        return 2;
    }
    wanted = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    source_read(&s, argv[1]);
    for (size_t i = 1; i + 1 < s.n_tokens; i++) {
        if (s.tokens[i].kind == TOKEN_NUMBER)
            step_number(i);
        flip_sign(i);
        drop_terms(i);
        turn_condition(i);
        turn_boolean(i);
        drop_statement(i);
        swap_arguments(i);
    }
    return wanted > number;
}
