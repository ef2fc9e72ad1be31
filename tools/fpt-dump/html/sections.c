/* SPDX-License-Identifier: MIT */
#include "page.h"

#define COUNT(columns) (sizeof(columns) / sizeof *(columns))

static void regions(FILE *words, const json_t *descriptor) {
    static const struct page_column columns[] = {
        {"number", "number", PAGE_NUMBER},     {"name", "name", PAGE_TEXT},
        {"title", "what", PAGE_TEXT},          {"offset", "offset", PAGE_OFFSET},
        {"size", "size", PAGE_SIZE},           {"raw", "FLREG", PAGE_HEX},
        {"in_file", "in this file", PAGE_YES},
    };
    const json_t *all = json_object_get(descriptor, "regions");
    json_t *used = json_array();
    for (size_t i = 0; i < json_array_size(all); i++)
        if (json_is_true(json_object_get(json_array_get(all, i), "used")))
            json_array_append(used, json_array_get(all, i));
    page_table_new(words, "Regions", used, columns, COUNT(columns));
}

static void add_straps(json_t *rows, const json_t *values, const char *where) {
    for (size_t i = 0; i < json_array_size(values); i++)
        json_array_append_new(rows, json_pack("{s:s, s:i, s:O?}", "where", where, "number", (int)i,
                                              "value", json_array_get(values, i)));
}

static void straps(FILE *words, const json_t *descriptor) {
    static const struct page_column columns[] = {
        {"where", "of", PAGE_TEXT}, {"number", "strap", PAGE_NUMBER}, {"value", "value", PAGE_HEX}};
    const json_t *all = json_object_get(descriptor, "straps");
    json_t *rows = json_array();
    add_straps(rows, json_object_get(all, "pch"), "PCH");
    add_straps(rows, json_object_get(all, "cpu"), "CPU");
    page_table_new(words, "Straps", rows, columns, COUNT(columns));
}

static void entries(FILE *words, const json_t *document) {
    static const struct page_column columns[] = {
        {"name", "name", PAGE_TEXT},           {"offset", "offset", PAGE_OFFSET},
        {"size", "size", PAGE_SIZE},           {"type", "type", PAGE_NUMBER},
        {"flags", "flags", PAGE_HEX},          {"owner", "owner", PAGE_TEXT},
        {"state", "what it holds", PAGE_TEXT},
    };
    const json_t *tables = json_object_get(document, "partition_tables");
    for (size_t i = 0; i < json_array_size(tables); i++)
        page_table(words, "Partition table", json_object_get(json_array_get(tables, i), "entries"),
                   columns, COUNT(columns));
}

static void firmware(FILE *words, const json_t *document) {
    static const struct page_column partitions[] = {
        {"name", "name", PAGE_TEXT},
        {"offset", "offset", PAGE_OFFSET},
        {"size", "size", PAGE_SIZE},
        {"boot_partition", "boot partition", PAGE_NONZERO},
        {"layout", "layout", PAGE_TEXT}};
    static const struct page_column manifests[] = {
        {"partition", "partition", PAGE_TEXT}, {"name", "name", PAGE_TEXT},
        {"offset", "offset", PAGE_OFFSET},     {"version", "version", PAGE_TEXT},
        {"date", "date", PAGE_TEXT},           {"svn", "SVN", PAGE_NUMBER},
        {"key_bits", "key bits", PAGE_NUMBER}, {"scheme", "scheme", PAGE_TEXT}};
    static const struct page_column modules[] = {{"partition", "partition", PAGE_TEXT},
                                                 {"name", "name", PAGE_TEXT},
                                                 {"offset", "offset", PAGE_OFFSET},
                                                 {"size", "size", PAGE_SIZE},
                                                 {"kind", "kind", PAGE_TEXT},
                                                 {"code_size", "unpacked", PAGE_SIZE},
                                                 {"essential", "needed to boot", PAGE_YES},
                                                 {"state", "state", PAGE_TEXT}};
    bool flat = json_array_size(json_object_get(document, "boot_partitions")) == 0;
    if (!flat || json_array_size(json_object_get(document, "partition_tables")) == 0)
        page_table(words, "Partitions", json_object_get(document, "partitions"), partitions,
                   COUNT(partitions));
    page_table(words, "Manifests", json_object_get(document, "manifests"), manifests,
               COUNT(manifests));
    page_table(words, "Modules", json_object_get(document, "modules"), modules, COUNT(modules));
}

static void rest(FILE *words, const json_t *document) {
    static const struct page_column systems[] = {{"partition", "partition", PAGE_TEXT},
                                                 {"offset", "offset", PAGE_OFFSET},
                                                 {"size", "size", PAGE_SIZE},
                                                 {"state", "state", PAGE_TEXT},
                                                 {"in_use", "in use", PAGE_YES}};
    static const struct page_column remarks[] = {{"offset", "offset", PAGE_OFFSET},
                                                 {"text", "remark", PAGE_TEXT}};
    page_table(words, "File systems", json_object_get(document, "file_systems"), systems,
               COUNT(systems));
    page_table(words, "Remarks", json_object_get(document, "remarks"), remarks, COUNT(remarks));
}

void page_tables(FILE *words, const json_t *document) {
    const json_t *descriptor = json_object_get(document, "descriptor");
    regions(words, descriptor);
    entries(words, document);
    firmware(words, document);
    rest(words, document);
    straps(words, descriptor);
}

/* Writes "none" for the image that lacks the thing. */
static void name_absence(json_t *row) {
    bool first = json_is_null(json_object_get(row, "first"));
    bool second = json_is_null(json_object_get(row, "second"));
    if (first != second)
        json_object_set_new(row, first ? "first" : "second", json_string("none"));
}

/* For differing bytes, show only the number of ranges and where the first begins. */
static json_t *difference_row(const json_t *difference) {
    const json_t *ranges = json_object_get(difference, "ranges");
    json_t *row = json_deep_copy(difference);
    json_int_t bytes = 0;
    name_absence(row);
    if (!ranges || !row)
        return row;
    for (size_t i = 0; i < json_array_size(ranges); i++)
        bytes += json_integer_value(json_object_get(json_array_get(ranges, i), "length"));
    json_object_set_new(row, "bytes", json_integer(bytes));
    json_object_set_new(row, "places", json_integer((json_int_t)json_array_size(ranges)));
    json_object_set(row, "at", json_object_get(json_array_get(ranges, 0), "offset"));
    return row;
}

void page_differences(FILE *words, const json_t *differences) {
    static const struct page_column columns[] = {
        {"place", "where", PAGE_TEXT},     {"what", "what", PAGE_TEXT},
        {"first", "before", PAGE_HEX},     {"second", "after", PAGE_HEX},
        {"places", "places", PAGE_NUMBER}, {"bytes", "bytes", PAGE_NUMBER},
        {"at", "first at", PAGE_OFFSET},
    };
    json_t *rows = json_array();
    for (size_t i = 0; i < json_array_size(differences); i++)
        json_array_append_new(rows, difference_row(json_array_get(differences, i)));
    if (json_array_size(rows) == 0)
        fprintf(words, "<section><h2>Differences</h2><p>None: the images are identical.</p>"
                       "</section>\n");
    page_table_new(words, "Differences", rows, columns, COUNT(columns));
}
