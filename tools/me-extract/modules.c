/* SPDX-License-Identifier: MIT */
#include "take.h"

#include "report.h"

#include <mekit/base/text.h>
#include <mekit/image/extent.h>
#include <stdlib.h>

#define NAME_ROOM 144u

struct job {
    struct tool_run *run;
    const struct mk_image *image;
    struct take_files files;
    bool damaged;
};

/* Numbers make the name unique; text from the image can't lead out of the folder. */
static void name_file(const struct job *job, size_t i, size_t k, bool code, char out[NAME_ROOM]) {
    const struct mk_partition *p = &job->image->firmware.partitions[i];
    const struct mk_module *m = &p->modules[k];
    char partition[MK_TEXT_ROOM(4)], module[MK_TEXT_ROOM(16)];
    mk_text_file_name(partition, sizeof partition, p->name, sizeof p->name);
    mk_text_file_name(module, sizeof module, m->name, m->name_length);
    snprintf(out, NAME_ROOM, "%02zu_%s_%03zu_%s%s", i, partition, k, module,
             code ? ".code" : ".bin");
}

static void leave_out(struct job *job, const char *name, const struct mk_error *e) {
    job->damaged = job->damaged || mk_code_exit(e->code) == MK_EXIT_UNRECOGNISED;
    take_files_leave_out(&job->files, name, e->what);
}

static bool add_code(struct job *job, size_t i, size_t k, struct mk_error *e) {
    const struct mk_partition *p = &job->image->firmware.partitions[i];
    struct mk_buffer code;
    struct mk_error why = {0};
    char name[NAME_ROOM];
    name_file(job, i, k, true, name);
    if (!take_unpack(job->image, p, &p->modules[k], &job->run->books, &code, &why)) {
        if (why.code != MK_E_MEMORY)
            leave_out(job, name, &why);
        else
            *e = why;
        return why.code != MK_E_MEMORY;
    }
    bool done = take_files_add(&job->files, name, mk_buffer_span(code), e);
    free(code.p);
    return done;
}

static bool add_stored(struct job *job, size_t i, size_t k, struct mk_error *e) {
    const struct mk_module *m = &job->image->firmware.partitions[i].modules[k];
    struct mk_error why = {0};
    char name[NAME_ROOM];
    name_file(job, i, k, false, name);
    struct mk_span stored = mk_module_stored(m);
    if (stored.n > 0)
        return take_files_add(&job->files, name, stored, e);
    mk_fail(&why, MK_E_NO_OPERATION, MK_NOWHERE, "it is not stored in one piece");
    leave_out(job, name, &why);
    return true;
}

static bool add_module(struct job *job, size_t i, size_t k, struct mk_error *e) {
    const struct take_options *o = job->run->options;
    const struct mk_partition *p = &job->image->firmware.partitions[i];
    const struct mk_module *m = &p->modules[k];
    bool empty = m->end == m->start && m->n_pages == 0 && m->stored_size == 0;
    enum mk_module_state state;
    if (!mk_module_state(job->image->region, p, m, &state, e))
        return false;
    if (empty || state != MK_MODULE_PRESENT)
        return true;
    bool packed = m->compression == MK_HUFFMAN || m->compression == MK_LZMA;
    return o->decompress && packed && m->kind == MK_MODULE_CODE ? add_code(job, i, k, e)
                                                                : add_stored(job, i, k, e);
}

static bool add_modules(struct job *job, struct mk_error *e) {
    const struct mk_firmware *f = &job->image->firmware;
    for (size_t i = 0; i < f->n_partitions; i++)
        for (size_t k = 0; k < f->partitions[i].n_modules; k++)
            if (!add_module(job, i, k, e))
                return false;
    return true;
}

static bool write_modules(struct job *job, struct mk_error *e) {
    const struct take_options *o = job->run->options;
    if (job->image->firmware.n_partitions == 0)
        return !mk_image_has_firmware(job->image, e)
                   ? false
                   : mk_fail(e, MK_E_NOT_FOUND, MK_NOWHERE, "there is no partition");
    bool done = take_files_start(&job->files, job->run, job->image, o->all_modules, e) &&
                add_modules(job, e);
    return take_files_end(&job->files, done, e);
}

int take_modules(struct tool_run *run, const struct mk_image *image,
                 const struct mk_findings *seen) {
    struct job job = {.run = run, .image = image};
    struct mk_error e = {0};
    if (!write_modules(&job, &e))
        return report_failure(run, &run->inputs[0], seen, &e);
    return job.damaged ? MK_EXIT_NEGATIVE : MK_EXIT_DONE;
}
