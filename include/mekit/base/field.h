/* SPDX-License-Identifier: MIT */
/* An on-flash structure is a table of fields: the decoder, the dumper and the forge that builds
 * test images all use the same table, so that they can't disagree. */
#ifndef MEKIT_BASE_FIELD_H
#define MEKIT_BASE_FIELD_H

#include <mekit/base/api.h>
#include <mekit/base/span.h>

MK_BEGIN_DECLS

struct mk_field {
    const char *name;
    uint16_t offset; /* bytes from the start of the structure */
    uint16_t
        width;    /* bytes: 1, 2, 4, 8 for a number; any other for a run of bytes (name, modulus) */
    uint8_t low;  /* lowest bit */
    uint8_t bits; /* number of bits; 0: the whole width */
    const char *meaning;
};

/* Reads the value of a field; structure begins at the structure's first byte. A run of bytes reads
 * as 0. */
uint64_t mk_field_get(struct mk_span structure, const struct mk_field *field);

/* The bytes of a field (whole width). Empty if the structure does not reach that far. */
struct mk_span mk_field_span(struct mk_span structure, const struct mk_field *field);

/* Writes a number and leaves the other bits of its word alone. at: offset of the structure in b. */
bool mk_field_put(struct mk_buffer b, uint64_t at, const struct mk_field *field, uint64_t value);

MK_END_DECLS

#endif
