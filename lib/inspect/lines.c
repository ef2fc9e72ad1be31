#include "inspect.h"

bool lines_inspect(const struct mk_image *image, struct mk_findings *f, struct mk_error *e) {
    (void)image;
    (void)f;
    (void)e;
    return true;
}
