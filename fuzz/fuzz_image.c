#include "fuzz.h"

#include <mekit/action/check.h>
#include <mekit/action/relocate.h>
#include <mekit/action/verify.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct mk_image image;
    struct mk_findings findings;
    struct mk_seal seal;
    struct mk_error e;
    uint64_t size;
    if (!mk_image_recognise(mk_span_of(bytes, n), NULL, &image, &e))
        return 0;
    if (mk_verify(&image, NULL, 0, &findings, &e))
        mk_findings_free(&findings);
    mk_seal_take(&image, &seal, &e);
    mk_minimum_size(&image, &size, &e);
    mk_image_free(&image);
    return 0;
}
