/* SPDX-License-Identifier: MIT */
#include "../verify.h"

#include <mekit/base/arith.h>
#include <stdlib.h>
#include <string.h>

#define VENDOR_AT     6u
#define VENDOR        0x8086u
#define CODE_SIZE_AT  8u
#define STORED_AT     12u
#define SHORT_HASH_AT 0x10u
#define LONG_HASH_AT  0x28u
#define STEP          4u
#define RECORDS_MAX   4096u

static void read_hash(struct mk_span code, uint64_t at, size_t n, uint8_t out[MK_DIGEST_MAX]) {
    mk_span_copy(code, at, out, n);
}

static bool add_record(struct verification *v, struct mk_span code, uint64_t at, size_t hash_size,
                       struct mk_error *e) {
    if (v->n_records >= RECORDS_MAX)
        return true;
    struct record *more = mk_resize(v->records, v->n_records + 1, sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    v->records = more;
    struct record *r = &v->records[v->n_records++];
    *r = (struct record){.hash_size = hash_size};
    r->code_size = mk_span_u32(code, at + CODE_SIZE_AT);
    r->stored_size = mk_span_u32(code, at + STORED_AT);
    read_hash(code, at + SHORT_HASH_AT, hash_size, r->hashes[0]);
    read_hash(code, at + LONG_HASH_AT, hash_size, r->hashes[1]);
    return true;
}

/* No field says where in the code the records are. Bytes that only look like a record do no harm:
 * a digest can't match by chance. */
bool mki_records_read(struct verification *v, struct mk_span code, size_t hash_size,
                      struct mk_error *e) {
    for (uint64_t at = 0; at + SHORT_HASH_AT + hash_size <= code.n; at += STEP) {
        uint32_t code_size = mk_span_u32(code, at + CODE_SIZE_AT);
        uint32_t stored_size = mk_span_u32(code, at + STORED_AT);
        if (mk_span_u16(code, at + VENDOR_AT) == VENDOR && code_size > 0 && stored_size > 0 &&
            stored_size <= MK_LIMIT_CODE && code_size <= MK_LIMIT_CODE &&
            !add_record(v, code, at, hash_size, e))
            return false;
    }
    return true;
}

static int compare_hashes(const struct record_hash *a, const uint8_t *bytes, size_t n) {
    if (a->record->hash_size != n)
        return a->record->hash_size < n ? -1 : 1;
    return memcmp(a->bytes, bytes, n);
}

static int by_bytes(const void *a, const void *b) {
    const struct record_hash *x = a, *y = b;
    return compare_hashes(x, y->bytes, y->record->hash_size);
}

/* New records may belong between the old ones: sort all again. */
static bool sort_hashes(struct verification *v, struct mk_error *e) {
    if (v->n_hashes == 2 * v->n_records)
        return true;
    struct record_hash *more = mk_resize(v->hashes, 2 * v->n_records, sizeof *more);
    if (!more)
        return mk_fail_memory(e);
    v->hashes = more;
    v->n_hashes = 2 * v->n_records;
    for (size_t i = 0; i < v->n_hashes; i++)
        more[i] = (struct record_hash){v->records[i / 2].hashes[i % 2], &v->records[i / 2]};
    qsort(more, v->n_hashes, sizeof *more, by_bytes);
    return true;
}

static size_t find_hash(const struct verification *v, const uint8_t *bytes, size_t n) {
    size_t low = 0, high = v->n_hashes;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_hashes(&v->hashes[middle], bytes, n) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* CSE Lite has the same records once for each of its two boot partitions: mark them all. */
bool mki_record_match(struct verification *v, const struct mk_digest *d, uint64_t size, bool stored,
                      bool *matched, struct mk_error *e) {
    uint8_t reversed[MK_DIGEST_MAX];
    *matched = false;
    if (!sort_hashes(v, e))
        return false;
    for (size_t i = 0; i < d->n; i++)
        reversed[i] = d->bytes[d->n - 1 - i];
    for (size_t i = find_hash(v, reversed, d->n);
         i < v->n_hashes && compare_hashes(&v->hashes[i], reversed, d->n) == 0; i++) {
        struct record *r = v->hashes[i].record;
        if ((stored ? r->stored_size : r->code_size) == size)
            *matched = r->used = true;
    }
    return true;
}

bool mki_record_is_left(const struct verification *v, const struct mk_module_link *finding) {
    const struct mk_module *m = finding->module;
    for (size_t i = 0; i < v->n_records; i++) {
        const struct record *r = &v->records[i];
        uint64_t told = m->compression == MK_HUFFMAN ? r->code_size : r->stored_size;
        uint64_t size = m->compression == MK_HUFFMAN ? m->code_size : m->stored_size;
        if (!r->used && told == size)
            return true;
    }
    return false;
}
