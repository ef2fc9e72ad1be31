/* SPDX-License-Identifier: MIT */
/* Private to lib/inspect: looks at a whole file, each for one kind of fault. They add to the
 * findings; false: MEMORY. */
#ifndef MEKIT_INSPECT_READ_H
#define MEKIT_INSPECT_READ_H

#include <mekit/image/scan.h>
#include <mekit/inspect/inspect.h>

/* container.c: packed files, capsules and updates, by their first bytes. */
bool mki_containers_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* text.c: a dump that was written as text. */
bool mki_text_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* The file begins as texts do, a dump or not. */
bool mki_text_is_at(struct mk_span bytes);

/* transfer.c: bytes that a program for text has changed. */
bool mki_transfer_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* Of these, what a file that was recognised can show: other ends of lines. */
bool mki_lines_of_text_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* order.c: the descriptor's signature is not seen because bytes or bits were swapped. */
bool mki_swap_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* shift.c: the descriptor's signature beside its place. */
bool mki_shift_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);
/* The map behind a signature at sig leads to a table of regions, if that signature's place is
 * place. */
bool mki_map_fits(struct mk_span bytes, uint64_t sig, uint64_t place);
/* The same for bytes whose signature stands where one can stand: 16 bytes too early or too late. */
bool mki_place_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* stuck.c: lines between chip and programmer. */
bool mki_stuck_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* chips.c: the other chip, chips in the wrong order, firmware that lies elsewhere in the file. */
bool mki_chips_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e);

/* inside.c: the largest thing that a search of the file finds, and how many things it finds. */
struct inside {
    unsigned n; /* 0: nothing */
    struct mk_found first;
};
bool mki_inside_find(struct mk_span bytes, struct inside *inside, struct mk_error *e);
/* Adds not-a-dump: what the file is, and what lies inside. */
bool mki_inside_add(const struct inside *inside, const char *what, struct mk_findings *f,
                    struct mk_error *e);

#endif
