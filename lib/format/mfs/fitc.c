/* SPDX-License-Identifier: MIT */
#include <mekit/format/mfs/configuration.h>

#include <mekit/base/crc.h>

#define VERSION     1u
#define HEADER_PART 0x0Cu /* bytes that the header's CRC covers */

const struct mk_field mk_fitc_fields[MK_FITC_FIELDS] = {
    [MK_FITC_VERSION] = {"version", 0x00, 4, 0, 0, "1"},
    [MK_FITC_HEADER_CRC] = {"header CRC", 0x04, 4, 0, 0, "CRC-32 of {1, 0, length}"},
    [MK_FITC_LENGTH] = {"length", 0x08, 4, 0, 0, "bytes behind the header"},
    [MK_FITC_DATA_CRC] = {"data CRC", 0x0C, 4, 0, 0, "CRC-32 of those"},
};

static uint32_t get(struct mk_span header, enum mk_fitc_field field) {
    return (uint32_t)mk_field_get(header, &mk_fitc_fields[field]);
}

bool mk_fitc_read(struct mk_span partition, struct mk_fitc *fitc) {
    struct mk_span header;
    if (!mk_span_cut(partition, 0, MK_FITC_HEADER, &header) ||
        get(header, MK_FITC_VERSION) != VERSION)
        return false;
    *fitc = (struct mk_fitc){.header_crc = get(header, MK_FITC_HEADER_CRC),
                             .data_crc = get(header, MK_FITC_DATA_CRC),
                             .length = get(header, MK_FITC_LENGTH)};
    fitc->header_crc_expected = mk_crc32_without(mk_span_clip(header, 0, HEADER_PART),
                                                 mk_fitc_fields[MK_FITC_HEADER_CRC].offset);
    fitc->data = mk_span_clip(partition, MK_FITC_HEADER, fitc->length);
    fitc->data_crc_expected = mk_crc32(fitc->data);
    return true;
}

bool mk_fitc_is_whole(const struct mk_fitc *fitc) {
    return fitc->header_crc == fitc->header_crc_expected &&
           fitc->data_crc == fitc->data_crc_expected && fitc->data.n == fitc->length;
}
