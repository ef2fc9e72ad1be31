/* SPDX-License-Identifier: MIT */
#include "read.h"

#include <ctype.h>
#include <string.h>

#define SAMPLE 2048u
#define LINES  24u /* lines of the sample to look at */
#define ENOUGH 3u  /* numbers at the start of a dump's line */
#define DIGITS 20u /* digits of these numbers */
#define PLAIN  32u /* digits of a line without anything else */
#define BASE64 60u

/* The start of a file as text: without the zeros of UTF-16, cut after its last whole line. */
struct sample {
    char text[SAMPLE + 1];
    size_t n;
};

static bool is_text(char c) {
    return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t' || c == '\f';
}

static bool sample_read(struct mk_span s, struct sample *sample) {
    bool wide = mk_span_has(s, 0, "\xFF\xFE", 2);
    uint64_t at = wide ? 2 : mk_span_has(s, 0, "\xEF\xBB\xBF", 3) ? 3 : 0;
    for (sample->n = 0; sample->n < SAMPLE && at < s.n; at += wide ? 2 : 1) {
        char c = (char)mk_span_u8(s, at);
        if (!is_text(c) || (wide && at + 1 < s.n && mk_span_u8(s, at + 1) != 0))
            return false;
        sample->text[sample->n++] = c;
    }
    sample->text[sample->n] = 0;
    return sample->n > 0;
}

bool mki_text_is_at(struct mk_span bytes) {
    struct sample sample;
    return sample_read(bytes, &sample);
}

/* ---- lines ---- */

static bool digits(const char *p, size_t n) {
    size_t i = 0;
    while (i < n && isxdigit((unsigned char)p[i]))
        i++;
    return i == n;
}

static unsigned byte_of(const char *p) {
    static const char hex[] = "0123456789ABCDEF";
    unsigned value = 0;
    for (size_t i = 0; i < 2; i++)
        value = value * 16 + (unsigned)(strchr(hex, toupper((unsigned char)p[i])) - hex);
    return value;
}

/* A record has its own length and checksum. */
static bool is_record(const char *p, size_t n, size_t head, size_t length_beside, unsigned sum) {
    if (n < head + 2 || (n - head) % 2 != 0 || !digits(p + head, n - head) ||
        byte_of(p + head) + length_beside != (n - head) / 2)
        return false;
    for (size_t i = head; i < n; i += 2)
        sum += byte_of(p + i);
    return (sum & 0xFF) == 0;
}

/* :LLAAAATT data SS; the sum of all bytes is 0. */
static bool is_intel_hex(const char *p, size_t n) {
    return n > 0 && *p == ':' && is_record(p, n, 1, 5, 0);
}

/* S, type, length, address, data, checksum; the sum of all bytes is FF. */
static bool is_s_record(const char *p, size_t n) {
    return n > 1 && *p == 'S' && isdigit((unsigned char)p[1]) && is_record(p, n, 2, 1, 1);
}

static size_t token(const char *p, size_t n) {
    size_t i = 0;
    while (i < n && !strchr(" \t,:;|<>{}[]()\"'-\\@", p[i]))
        i++;
    return i;
}

/* Number of digits if p begins a number of 8, 16, 32 or 64 bits, hexadecimal or octal, or an
 * offset; 0: none. */
static size_t number(const char *p, size_t n) {
    size_t mark = n > 2 && (p[1] == 'x' || p[1] == 'X') && *p == '0' ? 2 : n > 2 && *p == 'x';
    size_t end = n > 2 && p[n - 1] == 'h' ? n - 1 : n;
    bool right = end - mark >= 2 && end - mark <= 16 && digits(p + mark, end - mark);
    return right ? end - mark : 0;
}

/* Counts the numbers at the start of the line; the same bytes may follow as characters. A date and
 * a time have fewer digits. */
static bool is_dump_line(const char *p, size_t n) {
    size_t numbers = 0, all = 0, at = 0;
    if ((n == 1 && *p == '*') || (n >= PLAIN && digits(p, n)))
        return true;
    while (at < n) {
        size_t length = token(p + at, n - at), here = number(p + at, length);
        if (length > 0 && here == 0)
            break;
        numbers += length > 0;
        all += here;
        at += length > 0 ? length : 1;
    }
    return numbers >= ENOUGH && all >= DIGITS;
}

static bool is_base64(const char *p, size_t n) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t i = strspn(p, letters);
    return n >= BASE64 && (i == n || (i + 2 >= n && strspn(p + i, "=") == n - i));
}

static const struct style {
    bool (*is)(const char *p, size_t n);
    const char *what;
} styles[] = {
    {is_intel_hex, "Intel HEX"},
    {is_s_record, "S-records"},
    {is_dump_line, "a hexdump"},
    {is_base64, "base64"},
};

/* The next line without white space at its ends, closed with a NUL. */
static char *line_next(char **rest, size_t *n) {
    char *line = *rest + strspn(*rest, " \t\r\n\f");
    *n = strcspn(line, "\r\n");
    *rest = line + *n + (line[*n] != 0);
    while (*n > 0 && strchr(" \t\f", line[*n - 1]))
        --*n;
    line[*n] = 0;
    return line;
}

/* True if at least half of the lines have that style. The last line may be cut off. */
static bool is_of_style(const struct style *style, struct sample sample) {
    unsigned lines = 0, right = 0;
    char *rest = sample.text;
    size_t n;
    for (unsigned i = 0; i < LINES; i++) {
        const char *line = line_next(&rest, &n);
        if (n == 0 || (lines > 0 && *rest == 0 && sample.n == SAMPLE))
            break;
        lines++;
        right += style->is(line, n);
    }
    return right > 0 && right * 2 >= lines;
}

bool mki_text_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    struct sample sample;
    if (!sample_read(bytes, &sample))
        return true;
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (is_of_style(&styles[i], sample))
            return mk_finding_add(f, MK_FINDING_TEXT_DUMP, 0, bytes.n, e, "the file is text: %s",
                                  styles[i].what);
    return true;
}
