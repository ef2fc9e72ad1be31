#include "inspect.h"

bool chain_inspect(const struct mk_image *image, struct mk_inspection *i, struct mk_error *e) {
    (void)image;
    (void)i;
    (void)e;
    return true;
}
