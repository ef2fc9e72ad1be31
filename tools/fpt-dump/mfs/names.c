/* SPDX-License-Identifier: MIT */
#include "mfs.h"

#include "input.h"

#include <inttypes.h>
#include <mekit/base/text.h>
#include <string.h>

#define FILE_MAX_SIZE (16u << 20)

static json_t *read_table(struct mk_span bytes, struct mk_error *e) {
    json_error_t where;
    json_t *names = json_loadb((const char *)bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &where);
    if (json_is_object(names))
        return names;
    json_decref(names);
    mk_fail(e, MK_E_UNKNOWN, MK_NOWHERE, "this is not a file table");
    e->next = "Give FileTable.dat of MEAnalyzer";
    return NULL;
}

json_t *mfs_names_load(const char *path, struct mk_error *e) {
    struct tool_input input;
    json_t *names = input_read(path, FILE_MAX_SIZE, &input, e)
                        ? read_table(mk_buffer_span(input.bytes), e)
                        : NULL;
    input_free(&input);
    return names;
}

static const json_t *table_of(const json_t *names, const struct mk_mfs *volume) {
    char platform[12], dictionary[12];
    snprintf(platform, sizeof platform, "%02X", volume->platform);
    snprintf(dictionary, sizeof dictionary, "%02X", volume->dictionary);
    return json_object_get(json_object_get(json_object_get(names, platform), dictionary), "FTBL");
}

char *mfs_name(const json_t *names, const struct mk_mfs *volume, uint32_t id, char *out,
               size_t room) {
    char key[12];
    snprintf(key, sizeof key, "%08" PRIX32, id);
    const char *row =
        volume ? json_string_value(json_object_get(table_of(names, volume), key)) : NULL;
    if (row)
        return mk_text_mask(out, room, (const uint8_t *)row, strcspn(row, ","));
    snprintf(out, room, "0x%08" PRIx32, id);
    return out;
}
