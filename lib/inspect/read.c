/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include "read/read.h"

static bool blank_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    if (bytes.n == 0 || !(mk_span_is_filled(bytes, 0xFF) || mk_span_is_filled(bytes, 0x00)))
        return true;
    return mk_finding_add(f, MK_FINDING_BLANK, 0, bytes.n, e, "every byte of the file is %02X",
                          mk_span_u8(bytes, 0));
}

/* Stop at the first check that finds a fault: later checks would only see its consequences. */
static bool (*const looks[])(struct mk_span, struct mk_findings *, struct mk_error *) = {
    blank_inspect,     mki_containers_inspect, mki_text_inspect,  mki_transfer_inspect,
    mki_shift_inspect, mki_swap_inspect,       mki_stuck_inspect, mki_chips_inspect,
};

static bool unknown_inspect(struct mk_span bytes, struct mk_findings *f, struct mk_error *e) {
    size_t before = f->n;
    for (size_t i = 0; i < sizeof looks / sizeof *looks && f->n == before; i++)
        if (!looks[i](bytes, f, e))
            return false;
    return true;
}

/* A recognised file can still be blank, or have its signature where only older descriptors have it.
 */
bool mki_read_inspect(struct mk_span bytes, const struct mk_image *image, struct mk_findings *f,
                      struct mk_error *e) {
    if (!image)
        return unknown_inspect(bytes, f, e);
    if (image->blank_chip)
        return blank_inspect(bytes, f, e);
    return mki_lines_of_text_inspect(bytes, f, e) &&
           (!image->has_descriptor || mki_place_inspect(bytes, f, e));
}
