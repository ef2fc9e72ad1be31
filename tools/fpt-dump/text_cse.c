/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include <inttypes.h>
#include <mekit/base/text.h>

#define RANGE "0x%06" PRIx64 " - 0x%06" PRIx64

static void text_layout(FILE *words, const struct mk_image *image) {
    const struct mk_layout *layout = &image->firmware.layout;
    fprintf(words, "layout: IFWI %s", mk_layout_version_name(layout->version));
    if (layout->version == MK_IFWI_17)
        fprintf(words, ", flags %02x%s, CRC %s", layout->flags,
                layout->flags & MK_LAYOUT_REDUNDANT ? " ($FPT twice)" : "",
                layout->crc == layout->crc_expected ? "right" : "WRONG");
    fprintf(words, "\n");
    for (unsigned i = 0; i < layout->n_pointers && layout->version != MK_IFWI_20; i++) {
        uint64_t start = image->region.at + layout->pointers[i].offset;
        if (layout->pointers[i].size != 0)
            fprintf(words, "  %-4s " RANGE "\n", mk_layout_pointer_name(i), start,
                    start + layout->pointers[i].size);
    }
}

static const struct mk_partition *partition_of(const struct mk_firmware *f,
                                               const struct mk_boot_partition *bp, unsigned i) {
    for (size_t k = 0; k < f->n_partitions; k++) {
        const struct mk_partition *p = &f->partitions[k];
        if (p->boot == bp->number && p->second == bp->second && p->entry == i)
            return p;
    }
    return NULL;
}

static void text_slot(FILE *words, const struct mk_image *image, const struct mk_boot_partition *bp,
                      unsigned i, bool verbose) {
    const struct mk_partition *p = partition_of(&image->firmware, bp, i);
    unsigned type = bp->table.entries[i].type;
    char name[MK_TEXT_ROOM(4)];
    if (p)
        fprintf(words, "  %-4s " RANGE "  type %u, %s%s\n",
                mk_text_mask(name, sizeof name, p->name, 4), image->region.at + p->start,
                image->region.at + p->end, type, mk_bpdt_type_name(type),
                mk_span_is_filled(p->bytes, 0xFF) ? ", erased" : "");
    else if (verbose)
        fprintf(words, "  %-24s  type %u, %s: empty\n", "", type, mk_bpdt_type_name(type));
}

static void text_boot_partition(FILE *words, const struct mk_image *image,
                                const struct mk_boot_partition *bp, bool verbose) {
    const struct mk_bpdt *t = &bp->table;
    fprintf(words, "BP%u%s " RANGE, bp->number, bp->second ? " (S-BPDT)" : "",
            image->region.at + bp->start, image->region.at + bp->end);
    if (bp->alias)
        fprintf(words, ": BP%u once more", bp->alias);
    else if (!bp->has_table)
        fprintf(words, ": no readable table");
    else
        fprintf(words, ": BPDT version %u%s, %u entries, FIT %u.%u.%u.%u%s", t->version,
                t->recovery ? " (recovery)" : "", t->n, t->fit[0], t->fit[1], t->fit[2], t->fit[3],
                t->version < 2              ? ""
                : t->crc == t->crc_expected ? ", CRC right"
                                            : ", CRC WRONG");
    fprintf(words, "\n");
    for (unsigned i = 0; bp->has_table && i < t->n; i++)
        text_slot(words, image, bp, i, verbose);
}

static void text_presence(FILE *words, const struct mk_image *image) {
    static const char *const names[] = {"FITC", "UEP", "MFS", "EFS"};
    const struct mk_fpt *fpt = &image->firmware.fpt;
    fprintf(words, "settings:");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[4] = {0};
        for (size_t k = 0; k < sizeof name && names[i][k]; k++)
            name[k] = names[i][k];
        const struct mk_fpt_entry *entry = mk_fpt_entry_find(fpt, name);
        fprintf(words, "%s %s %s", i ? "," : "", names[i],
                entry ? dump_entry_state(image, entry) : "absent");
    }
    fprintf(words, "\n");
}

void dump_text_cse(FILE *words, const struct mk_image *image, bool verbose) {
    const struct mk_firmware *f = &image->firmware;
    text_layout(words, image);
    for (size_t i = 0; i < f->n_boots; i++)
        text_boot_partition(words, image, &f->boots[i], verbose);
    if (f->fpt.n == 0)
        fprintf(words, "no $FPT in this image\n");
    else
        text_presence(words, image);
    if (f->has_backup)
        fprintf(words, "second $FPT at 0x%" PRIx64 ": %s\n",
                dump_fpt_base(image).at + MK_FPT_BACKUP_AT,
                f->backup_differs ? "DIFFERENT" : "identical");
}
