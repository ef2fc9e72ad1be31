#include "verify.h"

#include <mekit/base/arith.h>
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

/* Nothing tells where in the code the records are. A digest can't match by chance, so what looks
 * like a record and is none does no harm. */
bool records_read(struct verification *v, struct mk_span code, size_t hash_size,
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

static bool has_hash(const struct record *r, const struct mk_digest *d) {
    for (size_t i = 0; i < 2; i++)
        if (mk_digest_equals(d, mk_span_of(r->hashes[i], r->hash_size), true))
            return true;
    return false;
}

/* CSE Lite has the same records twice, for each of its boot partitions. */
bool record_match(struct verification *v, const struct mk_digest *d, uint64_t size, bool stored) {
    bool found = false;
    for (size_t i = 0; i < v->n_records; i++) {
        struct record *r = &v->records[i];
        if ((stored ? r->stored_size : r->code_size) == size && has_hash(r, d))
            found = r->used = true;
    }
    return found;
}

bool record_is_left(const struct verification *v, const struct mk_module_finding *finding) {
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
