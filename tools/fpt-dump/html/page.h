/* SPDX-License-Identifier: MIT */
/* All that fpt-dump shows as one page: no file but itself, nothing from elsewhere. */
#ifndef MEKIT_TOOLS_PAGE_H
#define MEKIT_TOOLS_PAGE_H

#include "../svg/svg.h"

#include "../dump.h"

/* sheets[i] is the map of views[i]. differences: of two views, else NULL. False: MEMORY. */
bool page_write(const struct tool_run *run, const struct dump_view *views,
                const struct svg_sheet *sheets, size_t n, const json_t *differences,
                struct mk_error *e);

/* ---- private to the page ---- */

extern const char page_style[], page_script[];

enum page_form {
    PAGE_TEXT,
    PAGE_NUMBER,
    PAGE_NONZERO, /* nothing where it is 0 */
    PAGE_HEX,
    PAGE_OFFSET, /* hex, six digits */
    PAGE_SIZE,   /* as people read it */
    PAGE_YES     /* a word where it is true */
};

struct page_column {
    const char *key, *title;
    enum page_form form;
};

/* A table of objects that can be sorted by each column; none where rows is empty. rows is given
 * back to its owner if it is a new reference (page_table_new). */
void page_table(FILE *words, const char *title, const json_t *rows,
                const struct page_column *columns, size_t n);
void page_table_new(FILE *words, const char *title, json_t *rows, const struct page_column *columns,
                    size_t n);

/* Who may reach which region. */
void page_access(FILE *words, const struct mk_image *image);
void page_differences(FILE *words, const json_t *differences);
/* Every table of what dump_json tells. */
void page_tables(FILE *words, const json_t *document);

#endif
