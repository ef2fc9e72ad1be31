/* SPDX-License-Identifier: MIT */
#include "page.h"

#include "../svg/markup.h"
#include "column.h"

#include <inttypes.h>

static void head(FILE *words, const char *title, const struct page_column *columns, size_t n) {
    fprintf(words, "<section><h2>");
    markup_text(words, title);
    fprintf(words, "</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
    markup_text(words, title);
    fprintf(words, "\"><table><thead><tr>");
    for (size_t i = 0; i < n; i++) {
        bool right = columns[i].form != PAGE_TEXT && columns[i].form != PAGE_YES;
        fprintf(words, "<th scope=\"col\"%s><button type=\"button\">", right ? " class=\"n\"" : "");
        markup_text(words, columns[i].title);
        fprintf(words, "</button></th>");
    }
    fprintf(words, "</tr></thead><tbody>\n");
}

static void number(FILE *words, uint64_t value, enum page_form form) {
    char size[COLUMN_SIZE_ROOM];
    fprintf(words, "<td class=\"n\" data-v=\"%" PRIu64 "\">", value);
    if (form == PAGE_SIZE && value > 0)
        fputs(column_size(value, size), words);
    else if (form == PAGE_OFFSET)
        fprintf(words, "0x%06" PRIx64, value);
    else if (form == PAGE_HEX)
        fprintf(words, "%08" PRIx64, value);
    else if (form == PAGE_NUMBER || (form == PAGE_NONZERO && value != 0))
        fprintf(words, "%" PRIu64, value);
}

static void cell(FILE *words, const json_t *value, const struct page_column *column) {
    if (json_is_integer(value))
        number(words, (uint64_t)json_integer_value(value), column->form);
    else
        fprintf(words, "<td>");
    if (json_is_string(value))
        markup_text(words, json_string_value(value));
    if (json_is_true(value))
        markup_text(words, column->form == PAGE_YES ? column->title : "yes");
    fprintf(words, "</td>");
}

void page_table(FILE *words, const char *title, const json_t *rows,
                const struct page_column *columns, size_t n) {
    size_t count = json_array_size(rows);
    if (count == 0)
        return;
    head(words, title, columns, n);
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        fprintf(words, "<tr>");
        for (size_t k = 0; k < n; k++)
            cell(words, json_object_get(row, columns[k].key), &columns[k]);
        fprintf(words, "</tr>\n");
    }
    fprintf(words, "</tbody></table></div></section>\n");
}

void page_table_new(FILE *words, const char *title, json_t *rows, const struct page_column *columns,
                    size_t n) {
    page_table(words, title, rows, columns, n);
    json_decref(rows);
}

void page_access(FILE *words, const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    if (!image->has_descriptor)
        return;
    fprintf(words, "<section><h2>Access</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                   "aria-label=\"Access\"><table><thead><tr><th scope=\"col\">master</th>");
    for (unsigned r = 0; r < d->n_regions; r++)
        if (d->regions[r].used)
            fprintf(words, "<th scope=\"col\">%s</th>", mk_region_name(r));
    fprintf(words, "</tr></thead><tbody>\n");
    for (unsigned m = 0; m < MK_LIMIT_MASTERS; m++) {
        const struct mk_master *master = &d->masters[m];
        if (!master->present)
            continue;
        fprintf(words, "<tr><th scope=\"row\">%s</th>", mk_master_name(m));
        for (unsigned r = 0; r < d->n_regions; r++)
            if (d->regions[r].used)
                fprintf(words, "<td>%s%s%s</td>", master->read >> r & 1 ? "read" : "",
                        (master->read & master->write) >> r & 1 ? ", " : "",
                        master->write >> r & 1 ? "write" : "");
        fprintf(words, "</tr>\n");
    }
    fprintf(words, "</tbody></table></div></section>\n");
}
