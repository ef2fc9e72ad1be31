/* SPDX-License-Identifier: MIT */
/* read FILE: prints the firmware's version. The smallest possible program, in C and in C++. */
#include <mekit/mekit.h>

#include <stdio.h>
#include <string.h>

#if MK_VERSION < MK_VERSION_OF(0, 2, 0)
#error "too old"
#endif

static unsigned char bytes[16 << 20];

int main(int argc, char **argv) {
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    size_t n = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    struct mk_image image;
    struct mk_error e;
    char text[600];
    if (file)
        fclose(file);
    if (!mk_image_recognise(mk_span_of(bytes, n), NULL, &image, &e)) {
        mk_error_text(&e, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        return (int)mk_code_exit(e.code);
    }
    printf("libmekit %s: %s %s\n", mk_version(), image.firmware.family,
           mk_version_text(image.firmware.version, text));
    mk_image_free(&image);
    return 0;
}
