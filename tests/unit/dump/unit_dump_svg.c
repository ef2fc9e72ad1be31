#include "dump/shown.h"

TestSuite(svg, .fini = check_leaks);

static void put_svg(FILE *words, const struct shown *s) {
    dump_svg(words, &s->image);
}

#define DEPTH 8

/* Enough of XML for this picture: elements that nest, quoted attributes, known entities. */
static bool is_well_formed(const char *p) {
    char open[DEPTH][16];
    size_t depth = 0, roots = 0, n;
    while (*p) {
        if (*p == '&') {
            if (strncmp(p, "&lt;", 4) != 0 && strncmp(p, "&gt;", 4) != 0 &&
                strncmp(p, "&amp;", 5) != 0)
                return false;
        }
        if (*p++ != '<')
            continue;
        bool closes = *p == '/';
        p += closes;
        n = strspn(p, "abcdefghijklmnopqrstuvwxyz");
        if (n == 0 || n >= sizeof *open)
            return false;
        if (closes) {
            if (depth == 0 || strlen(open[depth - 1]) != n || strncmp(open[--depth], p, n) != 0 ||
                p[n] != '>')
                return false;
            p += n + 1;
            continue;
        }
        if (depth == DEPTH || (depth == 0 && roots++ > 0))
            return false;
        memcpy(open[depth], p, n);
        open[depth++][n] = '\0';
        for (p += n; *p && *p != '>' && *p != '/';) {
            size_t name = strspn(p += strspn(p, " "), "abcdefghijklmnopqrstuvwxyz-");
            if (name == 0 || strncmp(p + name, "=\"", 2) != 0)
                return false;
            p += name + 2;
            p += strcspn(p, "\"<&");
            if (*p++ != '"')
                return false;
        }
        depth -= *p == '/';
        p += *p == '/';
        if (*p++ != '>')
            return false;
    }
    return depth == 0 && roots == 1;
}

Test(svg, the_check_can_fail) {
    static const char *const bad[] = {"",          "<a>",        "<a></b>",       "<a/><a/>",
                                      "<a b=c/>",  "<a>&x;</a>", "<a><</a>",      "<a b=\"<\"/>",
                                      "<a b=\"/>", "</a>",       "<a><b></a></b>"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_not(is_well_formed(bad[i]), "%s", bad[i]);
    cr_assert(is_well_formed("<a b=\"1\" c-d=\"2\"><b/>x &lt; y<c>z</c>\n</a>\n"));
}

Test(svg, every_recipe_is_well_formed) {
    for (size_t i = 0; i < forge_count(); i++) {
        struct shown s;
        shown_open(&s, forge_recipe(i)->name);
        if (s.known) {
            char *text = shown_text(&s, put_svg);
            cr_assert(is_well_formed(text), "%s", forge_recipe(i)->name);
            free(text);
        }
        shown_close(&s);
    }
}

Test(svg, labels_are_escaped) {
    struct shown s;
    shown_open(&s, "good-me8");
    mk_buffer_put(s.input.bytes, s.image.firmware.fpt.entries[1].at, "<&\">", 4);
    shown_again(&s);
    char *text = shown_text(&s, put_svg);
    cr_assert(is_well_formed(text));
    cr_assert(strstr(text, "&lt;&amp;\"&gt;"));
    free(text);
    shown_close(&s);
}
