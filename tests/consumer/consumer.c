#include <mekit/image/image.h>
#include <stdio.h>

static unsigned char bytes[16 << 20];

int main(int argc, char **argv) {
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    size_t n = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    struct mk_image image;
    struct mk_error e;
    char text[600];
    if (!mk_image_recognise(mk_span_of(bytes, n), NULL, &image, &e)) {
        mk_error_text(&e, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        return mk_code_exit(e.code);
    }
    printf("%s %s\n", image.firmware.family, mk_version_text(image.firmware.version, text));
    mk_image_free(&image);
    return 0;
}
