/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include "report.h"

#include <inttypes.h>
#include <mekit/base/text.h>
#include <stdarg.h>

static void add(json_t *remarks, uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void add(json_t *remarks, uint64_t offset, const char *format, ...) {
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    json_t *at = offset == MK_NOWHERE ? json_null() : json_integer((json_int_t)offset);
    json_array_append_new(remarks, json_pack("{s:o, s:s}", "offset", at, "text", text));
}

/* ---- the descriptor ---- */

static void remark_size(json_t *remarks, const struct mk_image *image) {
    const struct mk_descriptor *d = &image->descriptor;
    uint64_t sum = d->chip_size[0] + d->chip_size[1];
    if (image->kind != MK_IMAGE_FULL)
        return;
    if (sum && image->bytes.n != sum && image->bytes.n != d->chip_size[0])
        add(remarks, MK_NOWHERE, "the file has %zu KiB, the chips have %" PRIu64 " KiB",
            image->bytes.n >> 10, sum >> 10);
    if (image->me_truncated)
        add(remarks, d->regions[MK_REGION_ME].at,
            "the ME region continues past the end of the file");
}

static void remark_overlaps(json_t *remarks, const struct mk_descriptor *d) {
    for (unsigned i = 0; i < d->n_regions; i++)
        for (unsigned k = i + 1; k < d->n_regions; k++) {
            const struct mk_region *a = &d->regions[i], *b = &d->regions[k];
            if (a->used && b->used && a->start < b->end && b->start < a->end)
                add(remarks, b->at, "regions %s and %s overlap", mk_region_name(i),
                    mk_region_name(k));
        }
}

/* ---- the firmware ---- */

static void remark_in_entry(json_t *remarks, const struct mk_image *image, unsigned i) {
    const struct mk_fpt_entry *entry = &image->firmware.fpt.entries[i];
    struct mk_span base = dump_fpt_base(image);
    uint64_t at = base.at + entry->at;
    char name[MK_TEXT_ROOM(4)];
    mk_text_mask(name, sizeof name, entry->name, sizeof entry->name);
    if (entry->clipped)
        add(remarks, at, "%s: +0x%x, 0x%x bytes, extends past the end of the region", name,
            entry->offset, entry->size);
    else if (!entry->has_data && entry->size != 0 && entry->type != MK_ENTRY_TYPE_NVRAM &&
             entry->offset != UINT32_MAX && entry->offset >= base.n)
        add(remarks, at, "%s: +0x%x is outside the region", name, entry->offset);
}

/* In other partitions the GLUT may list the pages, as in ME 6. */
static bool lacks_table(const struct mk_image *image, const struct mk_partition *p) {
    if (p != image->firmware.boot || p->layout != MK_LAYOUT_MANIFEST || p->has_llut)
        return false;
    for (size_t i = 0; i < p->n_modules; i++)
        if (p->modules[i].compression == MK_HUFFMAN)
            return true;
    return false;
}

static void remark_in_partition(json_t *remarks, const struct mk_image *image,
                                const struct mk_partition *p) {
    char name[MK_TEXT_ROOM(4)], text[500];
    struct mk_error problem = p->problem;
    uint64_t table = mk_span_offset(image->region, p->llut.bytes) + MK_LLUT_HEADER_SIZE;
    mk_text_mask(name, sizeof name, p->name, sizeof p->name);
    if (p->has_llut && p->llut.table_address != table)
        add(remarks, p->llut.bytes.at,
            "%s: SpiBase points to a table at 0x%" PRIx64 ", but it is at 0x%" PRIx64, name,
            image->region.at + p->llut.table_address, image->region.at + table);
    if (p->layout == MK_LAYOUT_DIRECTORY && p->cpd.n > 0 && !p->cpd.checksum_right)
        add(remarks, p->bytes.at, "%s: the checksum of $CPD is wrong", name);
    if (lacks_table(image, p))
        add(remarks, p->bytes.at, "%s: Huffman modules, but no LLUT to find their pages", name);
    if (problem.code == MK_OK)
        return;
    problem.offset = MK_NOWHERE;
    mk_error_text(&problem, text, sizeof text);
    add(remarks, p->problem.offset, "%s: damaged: %s", name, text);
}

static void remark_in_firmware(json_t *remarks, const struct mk_image *image) {
    const struct mk_firmware *f = &image->firmware;
    char text[600];
    uint64_t table = dump_fpt_base(image).at + f->fpt.at;
    for (size_t i = 0; i < f->problems.n; i++) {
        struct mk_error problem = f->problems.list[i];
        problem.offset = MK_NOWHERE;
        mk_error_text(&problem, text, sizeof text);
        add(remarks, f->problems.list[i].offset, "%s", text);
    }
    if (f->fpt.n > 0 && f->fpt.checksum != f->fpt.checksum_expected)
        add(remarks, table, "the checksum of $FPT is %02x, not %02x", f->fpt.checksum,
            f->fpt.checksum_expected);
    if (f->fpt.n > 0 && f->fpt.crc != f->fpt.crc_expected)
        add(remarks, table, "the CRC of $FPT is %08x, not %08x", f->fpt.crc, f->fpt.crc_expected);
    if (f->backup_differs)
        add(remarks, table, "the second $FPT differs from the first");
    for (unsigned i = 0; i < f->fpt.n; i++)
        remark_in_entry(remarks, image, i);
    for (size_t i = 0; i < f->n_partitions; i++)
        remark_in_partition(remarks, image, &f->partitions[i]);
}

json_t *dump_remarks(const struct mk_image *image) {
    json_t *remarks = report_list();
    if (image->has_descriptor) {
        remark_size(remarks, image);
        remark_overlaps(remarks, &image->descriptor);
    }
    remark_in_firmware(remarks, image);
    return remarks;
}
