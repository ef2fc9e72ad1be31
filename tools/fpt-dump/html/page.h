/* SPDX-License-Identifier: MIT */
/* All results of fpt-dump as one page, which needs no other file and loads nothing. */
#ifndef MEKIT_TOOLS_PAGE_H
#define MEKIT_TOOLS_PAGE_H

#include "../svg/svg.h"

#include "../dump.h"

/* sheets[i] is the map of views[i]. differences: those of two views, else NULL. False: MEMORY. */
bool page_write(const struct tool_run *run, const struct dump_view *views,
                const struct svg_sheet *sheets, size_t n, const json_t *differences,
                struct mk_error *e);

/* ---- private to the page ---- */

extern const char page_style[], page_script[];

enum page_form {
    PAGE_TEXT,
    PAGE_NUMBER,
    PAGE_NONZERO, /* empty for 0 */
    PAGE_HEX,
    PAGE_OFFSET, /* hex, six digits */
    PAGE_SIZE,   /* in a readable unit */
    PAGE_YES     /* a word if true */
};

struct page_column {
    const char *key, *title;
    enum page_form form;
};

/* Writes a table of objects that the reader can sort by each column; nothing if rows is empty.
 * page_table_new takes ownership of rows. */
void page_table(FILE *words, const char *title, const json_t *rows,
                const struct page_column *columns, size_t n);
void page_table_new(FILE *words, const char *title, json_t *rows, const struct page_column *columns,
                    size_t n);

/* A table of who may access which region. */
void page_access(FILE *words, const struct mk_image *image);
void page_differences(FILE *words, const json_t *differences);
/* All tables for the content of dump_json. */
void page_tables(FILE *words, const json_t *document);

#endif
