/* SPDX-License-Identifier: MIT */
#include "table/table.h"
#include "inspect.h"

/* Reports why the content of p can't be read. */
static bool inspect_problem(const struct mk_image *image, const struct mk_partition *p,
                            struct mk_findings *f, struct mk_error *e) {
    const struct mk_error *problem = &p->problem;
    bool behind = p->layout == MK_LAYOUT_MANIFEST && p->has_manifest &&
                  problem->offset >= p->bytes.at + p->manifest.bytes.n;
    if (problem->code == MK_OK || problem->code == MK_E_TRUNCATED)
        return true;
    return mki_table_find(image, p, f,
                          behind ? MK_FINDING_LLUT_DAMAGED : MK_FINDING_DIRECTORY_DAMAGED,
                          problem->offset, problem->what, e);
}

/* FTUP is the same as NFTP: list it once. */
static bool is_repeated(const struct mk_firmware *f, size_t i) {
    const struct mk_partition *p = &f->partitions[i];
    for (size_t k = 0; k < i; k++)
        if (f->partitions[k].start == p->start && f->partitions[k].end == p->end)
            return true;
    return false;
}

static bool inspect_layout(const struct mk_image *image, struct mk_findings *f,
                           struct mk_error *e) {
    const struct mk_errors *problems = &image->firmware.problems;
    for (size_t i = 0; i < problems->n; i++)
        if (!mk_finding_add(f, MK_FINDING_TABLE_DAMAGED, problems->list[i].offset, 0, e, "%s",
                            problems->list[i].what))
            return false;
    return true;
}

bool mki_tables_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    const struct mk_firmware *firmware = &image->firmware;
    for (size_t i = 0; i < firmware->n_partitions; i++) {
        const struct mk_partition *p = &firmware->partitions[i];
        if (is_repeated(firmware, i) && p != firmware->boot)
            continue;
        if (!inspect_problem(image, p, f, e) || !mki_pages_inspect(image, p, f, e) ||
            !mki_directory_inspect(image, p, f, e))
            return false;
    }
    return inspect_layout(image, f, e);
}
