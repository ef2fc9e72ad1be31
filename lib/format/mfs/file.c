/* SPDX-License-Identifier: MIT */
#include "volume.h"

#include <stdlib.h>

const struct mk_field mk_mfs_volume_fields[MK_VOLUME_FIELDS] = {
    [MK_VOLUME_MAGIC] = {"magic", 0x00, 4, 0, 0, "724F6201"},
    [MK_VOLUME_DICTIONARY] = {"dictionary", 0x04, 1, 0, 0, "names of ids"},
    [MK_VOLUME_PLATFORM] = {"platform", 0x05, 1, 0, 0, "names of ids"},
    [MK_VOLUME_SIZE] = {"size", 0x08, 4, 0, 0, "bytes of system and data chunks"},
    [MK_VOLUME_FILES] = {"files", 0x0C, 2, 0, 0, "places for low-level files"},
};

const char *mk_mfs_file_name(const struct mk_mfs *mfs, unsigned number) {
    static const char *const names[] = {
        [2] = "anti-replay",
        [3] = "anti-replay",
        [5] = "quota",
        [MK_MFS_FILE_INTEL] = "Intel's configuration",
        [MK_MFS_FILE_OEM] = "the OEM's configuration",
        [MK_MFS_FILE_HOME] = "home directory",
        [MK_MFS_FILE_MANIFEST] = "manifest copy",
    };
    bool known = number < sizeof names / sizeof *names && names[number];
    return known && !(mfs->in_use && number == MK_MFS_FILE_MANIFEST) ? names[number] : "";
}

/* The state of following the chains. */
struct chains {
    struct volume *v;
    struct mk_span table;
    bool *taken;   /* per data chunk: a file already has it */
    size_t filled; /* bytes of mfs->memory */
};

static uint64_t at_of(const struct volume *v) {
    return v->mfs->system_pages > 0 ? v->system[0].bytes.at : v->bytes.at;
}

static struct mk_span chunk_of(const struct volume *v, unsigned i, bool *used) {
    const struct page *page = &v->data[i / MK_MFS_DATA_CHUNKS];
    unsigned k = i % MK_MFS_DATA_CHUNKS;
    *used = mk_span_u8(page->bytes, MK_MFS_DATA_MARKS + (uint64_t)k) == 0;
    return mk_span_clip(page->bytes, MK_MFS_DATA_AT + (uint64_t)k * MK_MFS_CHUNK_STORED,
                        MK_MFS_CHUNK_STORED);
}

/* The chunk that a value of the table names. It is a fault if the chunk is outside the table or
 * another chain has it; so no chain can loop. */
static bool take_link(struct chains *c, unsigned file, unsigned value, unsigned *chunk) {
    struct volume *v = c->v;
    unsigned places = v->mfs->places;
    *chunk = value - places;
    if (value < places || *chunk >= v->data_chunks)
        mki_volume_fault(v, MK_E_RANGE, at_of(v), value, (uint64_t)places + v->data_chunks,
                         "chunk of a low-level file");
    else if (c->taken[*chunk])
        mki_volume_fault(v, MK_E_FIELD, at_of(v), *chunk, file,
                         "chunk that two low-level files have");
    else
        return c->taken[*chunk] = true;
    return false;
}

static bool copy_chunk(struct chains *c, unsigned chunk, unsigned n) {
    struct volume *v = c->v;
    bool used;
    struct mk_span stored = chunk_of(v, chunk, &used);
    if (!used)
        mki_volume_fault(v, MK_E_FIELD, stored.at, 0xFF, 0, "mark of a chunk that a file has");
    if (!mki_chunk_is_right(v, stored, (uint16_t)(v->first + chunk)) || !used)
        return false;
    mk_span_copy(stored, 0, v->mfs->memory + c->filled, n);
    c->filled += n;
    return true;
}

/* Keep only whole files: follow a damaged file to its end, to count its sums, and leave it out. */
static bool copy_chain(struct chains *c, unsigned file, unsigned value) {
    unsigned chunk;
    bool whole = true;
    while (take_link(c, file, value, &chunk)) {
        value = mk_span_u16(c->table, 2 * ((uint64_t)c->v->mfs->places + chunk));
        bool last = value <= MK_MFS_CHUNK_SIZE;
        whole = copy_chunk(c, chunk, last ? value : MK_MFS_CHUNK_SIZE) && whole;
        if (last) /* a hole in a damaged table reads as an empty end */
            return whole && (value > 0 || c->v->mfs->state == MK_MFS_WHOLE);
    }
    return false;
}

static void read_file(struct chains *c, unsigned number) {
    struct mk_mfs *mfs = c->v->mfs;
    unsigned value = mk_span_u16(c->table, 2 * (uint64_t)number);
    size_t start = c->filled;
    if (value == MK_MFS_FILE_NONE || value == MK_MFS_FILE_NEVER)
        return;
    if (value == MK_MFS_FILE_EMPTY || copy_chain(c, number, value))
        mfs->files[mfs->n_files++] = (struct mk_mfs_file){
            .number = number, .bytes = mk_span_of(mfs->memory + start, c->filled - start)};
    else
        c->filled = start;
}

static bool read_files(struct volume *v, struct mk_span table, struct mk_error *e) {
    struct mk_mfs *mfs = v->mfs;
    struct chains c = {.v = v, .table = table};
    c.taken = calloc((size_t)v->data_chunks + 1, sizeof *c.taken);
    mfs->files = calloc((size_t)mfs->places + 1, sizeof *mfs->files);
    mfs->memory = calloc((size_t)v->data_chunks + 1, MK_MFS_CHUNK_SIZE);
    bool room = c.taken && mfs->files && mfs->memory;
    for (unsigned i = 0; room && i < mfs->places; i++)
        read_file(&c, i);
    free(c.taken);
    return room || mk_fail_memory(e);
}

static uint32_t get(struct mk_span header, enum mk_mfs_volume_field field) {
    return (uint32_t)mk_field_get(header, &mk_mfs_volume_fields[field]);
}

static bool check_header(struct volume *v, struct mk_span header) {
    struct mk_mfs *mfs = v->mfs;
    uint64_t size = ((uint64_t)v->first + v->data_chunks) * MK_MFS_CHUNK_SIZE;
    if (get(header, MK_VOLUME_MAGIC) != MK_MFS_VOLUME_MAGIC) {
        mki_volume_fault(v, MK_E_TAG, at_of(v), get(header, MK_VOLUME_MAGIC), MK_MFS_VOLUME_MAGIC,
                         "magic of the volume");
        return false;
    }
    mfs->dictionary = get(header, MK_VOLUME_DICTIONARY);
    mfs->platform = get(header, MK_VOLUME_PLATFORM);
    mfs->size = get(header, MK_VOLUME_SIZE);
    mfs->places = get(header, MK_VOLUME_FILES);
    if (mfs->size != size)
        mki_volume_fault(v, MK_E_FIELD, at_of(v), mfs->size, size, "size of the volume");
    if (mfs->places <= MK_LIMIT_MFS_FILES && mfs->places >= MK_MFS_CHUNK_SIZE)
        return true;
    mki_volume_fault(v, MK_E_COUNT, at_of(v), mfs->places, MK_LIMIT_MFS_FILES,
                     "places for low-level files");
    mfs->places = 0;
    return false;
}

bool mki_files_read(struct volume *v, struct mk_error *e) {
    struct mk_span table, header = mk_span_of(v->header, (size_t)v->first * MK_MFS_CHUNK_SIZE);
    if (v->first == 0) {
        mki_volume_fault(v, MK_E_COUNT, v->bytes.at, 0, 1, "data pages");
        return true;
    }
    if (!check_header(v, header))
        return true;
    uint64_t links = (uint64_t)v->mfs->places + v->data_chunks;
    if (mk_span_cut(header, MK_MFS_TABLE_AT, 2 * links, &table))
        return read_files(v, table, e);
    mki_volume_fault(v, MK_E_RANGE, at_of(v), links, header.n / 2, "table of files and chunks");
    return true;
}
