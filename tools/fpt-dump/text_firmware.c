/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include "facts/facts.h"
#include "report.h"

#include <inttypes.h>
#include <mekit/base/arith.h>
#include <mekit/base/text.h>
#include <mekit/image/extent.h>
#include <string.h>

#define RANGE "0x%06" PRIx64 " - 0x%06" PRIx64

static void text_table(FILE *words, const struct mk_image *image, bool verbose) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    fprintf(words, "$FPT at 0x%" PRIx64 ", version %x, %u entries, FIT %u.%u.%u.%u",
            dump_fpt_base(image).at + fpt->at, fpt->version, fpt->n, fpt->fit[0], fpt->fit[1],
            fpt->fit[2], fpt->fit[3]);
    if (verbose)
        fprintf(words, ", flags %08x", fpt->flags);
    if (mk_fpt_sum_is_right(fpt))
        fprintf(words, ", checksum right\n");
    else if (fpt->crc != fpt->crc_expected)
        fprintf(words, ", CRC WRONG (%08x, not %08x)\n", fpt->crc, fpt->crc_expected);
    else
        fprintf(words, ", checksum WRONG (%02x, not %02x)\n", fpt->checksum,
                fpt->checksum_expected);
}

/* The width of the widest name: masked names are longer than four characters. */
static unsigned name_width(const struct mk_fpt *fpt) {
    char name[MK_TEXT_ROOM(4)];
    uint64_t width = 4;
    for (unsigned i = 0; i < fpt->n; i++)
        width = mk_max(width, strlen(mk_text_mask(name, sizeof name, fpt->entries[i].name, 4)));
    return (unsigned)width;
}

static void text_entry(FILE *words, const struct mk_image *image, unsigned i, unsigned width,
                       bool verbose) {
    const struct mk_fpt *fpt = &image->firmware.fpt;
    const struct mk_fpt_entry *entry = &fpt->entries[i], *other = dump_entry_overlap(fpt, i);
    char name[MK_TEXT_ROOM(4)], other_name[MK_TEXT_ROOM(4)], owner[DUMP_OWNER_ROOM];
    mk_text_mask(name, sizeof name, entry->name, 4);
    if (entry->has_data)
        fprintf(words, "  %-*s " RANGE "  ", (int)width, name,
                dump_fpt_base(image).at + entry->start, dump_fpt_base(image).at + entry->end);
    else
        fprintf(words, "  %-*s %-19s  ", (int)width, name, "");
    if (verbose)
        fprintf(words, "type %u, flags %08x, ", entry->type, entry->flags);
    if (*dump_entry_owner(image, entry, owner))
        fprintf(words, "owner %s, ", owner);
    fprintf(words, "%s", dump_entry_state(image, entry));
    if (other)
        fprintf(words, ", shares bytes with %s",
                mk_text_mask(other_name, sizeof other_name, other->name, 4));
    fprintf(words, "\n");
}

bool dump_is_kept(const struct mk_image *image, const struct mk_partition *p,
                  const struct mk_module *m) {
    const struct mk_firmware *f = &image->firmware;
    return m->essential && p == f->boot && image->me == MK_ME_FIRMWARE && !f->removed_whole;
}

static bool text_module(FILE *words, const struct mk_image *image, const struct mk_partition *p,
                        const struct mk_module *m, struct mk_error *e) {
    enum mk_module_state state;
    char name[MK_TEXT_ROOM(16)], place[64] = "";
    if (!mk_module_state(image->region, p, m, &state, e))
        return false;
    if (m->end > m->start)
        snprintf(place, sizeof place, RANGE, image->region.at + m->start,
                 image->region.at + m->end);
    else if (m->n_pages)
        snprintf(place, sizeof place, "%u pages from %u", m->n_pages, m->first_page);
    fprintf(words, "    %-16s %-8s %-19s", mk_text_mask(name, sizeof name, m->name, m->name_length),
            mk_compression_name(m->compression), place);
    if (m->code_size)
        fprintf(words, "  0x%x bytes", m->code_size);
    if (state != MK_MODULE_PRESENT)
        fprintf(words, ", %s", mk_module_state_name(state));
    fprintf(words, "%s%s\n", m->encrypted ? ", encrypted" : "",
            dump_is_kept(image, p, m) ? ", needed to boot" : "");
    return true;
}

static void text_manifest(FILE *words, const struct mk_partition *p, bool verbose) {
    char name[MK_TEXT_ROOM(4)], version[MK_VERSION_ROOM];
    struct dump_security security;
    mk_text_mask(name, sizeof name, p->name, 4);
    if (p->has_manifest)
        fprintf(words, "  %-4s manifest at 0x%" PRIx64 ", version %s, %04x-%02x-%02x, SVN %u", name,
                p->manifest.bytes.at, mk_version_text(p->manifest.version, version),
                p->manifest.date >> 16, p->manifest.date >> 8 & 0xFF, p->manifest.date & 0xFF,
                p->manifest.svn);
    if (p->has_manifest && verbose)
        fprintf(words, ", flags %08x", p->manifest.flags);
    if (p->has_manifest && dump_security_read(&p->manifest, &security))
        fprintf(words, ", VCN %u", security.vcn);
    if (p->has_manifest && dump_security_read(&p->manifest, &security) && security.has_arb)
        fprintf(words, ", ARB SVN %u", security.arb_svn);
    if (p->has_manifest)
        fprintf(words, "\n");
    else if (p->layout == MK_LAYOUT_DIRECTORY)
        fprintf(words, "  %-4s no manifest\n", name);
}

static bool text_partition(FILE *words, const struct mk_image *image, const struct mk_partition *p,
                           bool verbose, struct mk_error *e) {
    text_manifest(words, p, verbose);
    if (p->has_llut && verbose)
        fprintf(words, "    LLUT: %u chunks of 0x%x, stream +0x%06x, 0x%x bytes, SpiBase +0x%x\n",
                p->llut.n, p->llut.page_size, p->llut.stream_start, p->llut.stream_length,
                p->llut.spi_base);
    for (size_t i = 0; i < p->n_modules; i++)
        if ((verbose || p->modules[i].kind == MK_MODULE_CODE) &&
            !text_module(words, image, p, &p->modules[i], e))
            return false;
    return true;
}

static bool text_minimum(FILE *words, const struct mk_image *image, struct mk_error *e) {
    uint64_t size, at = image->region.at;
    if (!dump_minimum(image, &size, e))
        return false;
    if (size > 0 && size < image->region.n)
        fprintf(words,
                "the ME region can be reduced to 0x%" PRIx64 " bytes: %08" PRIx64 ":%08" PRIx64
                " me\n",
                size, at, at + size - 1);
    return true;
}

static bool text_remarks(FILE *words, const struct mk_image *image, struct mk_error *e) {
    json_t *remarks = dump_remarks(image), *remark;
    size_t i;
    json_array_foreach(remarks, i, remark) {
        const json_t *offset = json_object_get(remark, "offset");
        fprintf(words, "remark: ");
        if (json_is_integer(offset))
            fprintf(words, "offset 0x%" PRIx64 ": ", (uint64_t)json_integer_value(offset));
        fprintf(words, "%s\n", json_string_value(json_object_get(remark, "text")));
    }
    json_decref(remarks);
    return report_is_whole(e);
}

static bool text_tree(FILE *words, const struct mk_image *image, bool verbose, struct mk_error *e) {
    const struct mk_firmware *f = &image->firmware;
    char version[MK_VERSION_ROOM];
    static const char *const generations[] = {"unknown", "1", "2", "3", "CSE"};
    fprintf(words, "%s %s, generation %s%s, key %s%s%s\n", f->family,
            mk_version_text(f->version, version), generations[f->generation],
            f->is_ignition ? ", Ignition" : "", f->key ? f->key->variant : "unknown",
            f->key ? " " : "", f->key ? f->key->versions : "");
    facts_text_firmware(words, image);
    facts_text_origin(words, image);
    if (f->layout.version != MK_IFWI_NONE)
        dump_text_cse(words, image, verbose);
    if (f->fpt.n > 0)
        text_table(words, image, verbose);
    for (unsigned i = 0, width = name_width(&f->fpt); i < f->fpt.n; i++)
        text_entry(words, image, i, width, verbose);
    for (size_t i = 0; i < f->n_partitions; i++)
        if (!text_partition(words, image, &f->partitions[i], verbose, e))
            return false;
    return text_minimum(words, image, e);
}

bool dump_text_firmware(FILE *words, const struct mk_image *image, bool verbose,
                        struct mk_error *e) {
    bool has_tree = image->me == MK_ME_FIRMWARE || image->firmware.n_partitions > 0 ||
                    image->firmware.layout.version != MK_IFWI_NONE;
    if (has_tree && !text_tree(words, image, verbose, e))
        return false;
    return text_remarks(words, image, e);
}
