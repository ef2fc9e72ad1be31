/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "column.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define FURTHER_IN 2u

static struct column_look looks[] = {{COLUMN_WIDTH, false}, {COLUMN_WIDTH, false}};

static bool wants_colour(void) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(no && *no) && term && *term && strcmp(term, "dumb") != 0;
}

static void learn(int fd, struct column_look *look) {
    struct winsize size;
    if (!isatty(fd))
        return;
    look->colour = wants_colour();
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_col >= COLUMN_WIDTH)
        return;
    look->width = size.ws_col < COLUMN_NARROWEST ? COLUMN_NARROWEST : size.ws_col;
}

void column_learn(void) {
    learn(STDOUT_FILENO, &looks[0]);
    learn(STDERR_FILENO, &looks[1]);
}

struct column_look column_look_of(const struct tool_run *run) {
    return looks[!run->tool->reports || run->common.pass];
}

/* ---- one line ---- */

static bool is_mark(char c) {
    return c >= *COLUMN_BOLD && c <= *COLUMN_PLAIN;
}

static size_t columns_of(const char *text, size_t n) {
    size_t columns = 0;
    for (size_t i = 0; i < n; i++)
        columns += !is_mark(text[i]);
    return columns;
}

static void put(FILE *to, const char *text, size_t n, bool colour) {
    static const char *const marks[] = {"1", "32", "33", "31", "0"};
    for (size_t i = 0; i < n; i++)
        if (!is_mark(text[i]))
            putc(text[i] >= ' ' && text[i] <= '~' ? text[i] : '?', to);
        else if (colour)
            fprintf(to, "\033[%sm", marks[text[i] - *COLUMN_BOLD]);
}

/* The column where the rest of a line begins: below its last column, unless that is far to the
 * right. */
static size_t hang_of(const char *line, size_t n, size_t width) {
    size_t column = 0, gap = 0, indent = 0, hang = 0;
    for (size_t i = 0; i < n && column <= width / 2; i++) {
        if (is_mark(line[i]))
            continue;
        if (line[i] == ' ')
            gap++;
        else {
            if (column == gap)
                indent = column;
            else if (gap > 1)
                hang = column;
            gap = 0;
        }
        column++;
    }
    if (hang == 0)
        hang = indent + FURTHER_IN;
    return hang > width / 2 ? width / 2 : hang;
}

/* The number of bytes of line that fit into room columns: up to a space, if there is one after the
 * indent. */
static size_t fit(const char *line, size_t n, size_t room) {
    size_t column = 0, last = 0, i = 0;
    bool begun = false;
    for (; i < n && column + !is_mark(line[i]) <= room; i++) {
        if (line[i] == ' ' && begun)
            last = i;
        begun = begun || line[i] != ' ';
        column += !is_mark(line[i]);
    }
    if (i == n || line[i] == ' ' || last == 0)
        return i;
    return last;
}

static size_t without_spaces(const char *line, size_t n) {
    while (n > 0 && line[n - 1] == ' ')
        n--;
    return n;
}

static void put_line(FILE *to, const char *line, size_t n, struct column_look look) {
    size_t hang = hang_of(line, n, look.width), indent = 0;
    n = without_spaces(line, n);
    while (columns_of(line, n) > look.width - indent) {
        size_t part = fit(line, n, look.width - indent);
        fprintf(to, "%*s", (int)indent, "");
        put(to, line, without_spaces(line, part), look.colour);
        putc('\n', to);
        while (part < n && line[part] == ' ')
            part++;
        line += part;
        n -= part;
        indent = hang;
    }
    if (n > 0 || indent == 0) {
        fprintf(to, "%*s", (int)indent, "");
        put(to, line, n, look.colour);
        putc('\n', to);
    }
}

/* ---- a text ---- */

void column_print(FILE *to, const char *text, size_t n, struct column_look look) {
    while (n > 0) {
        const char *end = memchr(text, '\n', n);
        size_t line = end ? (size_t)(end - text) : n;
        put_line(to, text, line, look);
        line += end != NULL;
        text += line;
        n -= line;
    }
}

FILE *column_open(struct words *words, struct mk_error *e) {
    return words_open(words, e) ? words->stream : NULL;
}

bool column_close(struct words *words, const struct tool_run *run, struct mk_error *e) {
    char *text;
    if (!words_take(words, &text, e))
        return false;
    if (run)
        column_print(run->words, text, strlen(text), column_look_of(run));
    free(text);
    return true;
}

/* ---- sizes ---- */

#define MEBI (1024ull * 1024)

char *column_size(uint64_t n, char out[COLUMN_SIZE_ROOM]) {
    if (n < 1024)
        snprintf(out, COLUMN_SIZE_ROOM, "%" PRIu64 " bytes", n);
    else if (n < MEBI)
        snprintf(out, COLUMN_SIZE_ROOM, "%.*f KiB", (n % 1024) ? 1 : 0, (double)n / 1024);
    else
        snprintf(out, COLUMN_SIZE_ROOM, "%.*f MiB", (n % MEBI) ? 1 : 0, (double)n / MEBI);
    return out;
}

char *column_count(uint64_t n, char out[COLUMN_SIZE_ROOM]) {
    char digits[COLUMN_SIZE_ROOM];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n);
    size_t used = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = digits[i];
    }
    out[used] = '\0';
    return out;
}
