/* SPDX-License-Identifier: MIT */
/* Private to lib/inspect: each function looks through a whole file for one kind of fault and adds
 * to the findings; false: MEMORY. */
#ifndef MEKIT_INSPECT_READ_H
#define MEKIT_INSPECT_READ_H

#include <mekit/image/scan.h>
#include <mekit/inspect/inspect.h>

/* container.c: packed files, capsules and updates, by their first bytes. */
bool mki_containers_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* text.c: a dump that was written as text. */
bool mki_text_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* True if the file begins like a text, whether or not it is a dump. */
bool mki_text_is_at(struct mk_span bytes);

/* transfer.c: bytes that a program changed because it took them for text. */
bool mki_transfer_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* Of these faults, the one that a recognised file can show: changed line ends. */
bool mki_lines_of_text_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* order.c: swapped bytes or bits that hide the descriptor's signature. */
bool mki_swap_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* shift.c: a descriptor's signature that is not at its place. */
bool mki_shift_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* True if the map after a signature at sig leads to a table of regions, when the signature belongs
 * at place. */
bool mki_map_fits(struct mk_span bytes, uint64_t sig, uint64_t place);
/* Like mki_shift_inspect, for bytes whose signature is at a possible place, but 16 bytes too early
 * or too late. */
bool mki_place_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* stuck.c: stuck lines between chip and programmer. */
bool mki_stuck_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* chips.c: only the other chip, chips in the wrong order, firmware elsewhere in the file. */
bool mki_chips_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* inside.c: the most important firmware that a search of the file finds, and the number of all. */
struct inside {
    unsigned n; /* 0: nothing */
    struct mk_found first;
};
bool mki_inside_find(struct mk_span bytes, struct inside *inside, struct mk_error *e);
/* Adds the finding not-a-dump, which says what the file is and what is inside it. */
bool mki_inside_add(const struct inside *inside, const char *what, struct mk_findings *f,
                    struct mk_error *e);

#endif
