#include "inspect.h"

bool proof_inspect(const struct mk_image *image, struct mk_inspection *i, struct mk_error *e) {
    (void)image;
    (void)i;
    (void)e;
    return true;
}
