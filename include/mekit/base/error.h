/* SPDX-License-Identifier: MIT */
/* Errors: what is wrong, where, and what to do next.
 *
 * A function that can fail returns bool and takes a struct mk_error * as its last argument. It
 * fills the error only when it returns false. Errors allocate nothing, and every text is masked: no
 * raw byte of an image reaches a terminal. */
#ifndef MEKIT_BASE_ERROR_H
#define MEKIT_BASE_ERROR_H

#include <mekit/base/api.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MK_BEGIN_DECLS

/* The exit status of a tool. Every error code belongs to one of these classes. */
enum mk_exit {
    MK_EXIT_DONE = 0,
    MK_EXIT_NEGATIVE = 1,     /* checked, and the answer is no */
    MK_EXIT_TROUBLE = 2,      /* usage, or trouble reading or writing */
    MK_EXIT_UNRECOGNISED = 3, /* the input is not recognised, damaged or too short */
    MK_EXIT_UNSUPPORTED = 4,  /* recognised, but the operation does not exist for it */
    MK_EXIT_REFUSED = 5,      /* refused for safety */
    MK_EXIT_SELFCHECK = 6     /* the tool's own output failed its check */
};

/* MK_CODES(X): X(name, exit class, the class in a few words, what to do next or "") */
#define MK_READ_AGAIN "The image is damaged here: read the flash again."
#define MK_CODES(X)                                                                                \
    X(NOT_FOUND, NEGATIVE, "not found in this image", "")                                          \
    X(INVALID, NEGATIVE, "a signature or a hash is wrong",                                         \
      "Read the flash again and compare; do not write this image.")                                \
    X(DIFFERENT, NEGATIVE, "the files differ", "Read the flash again until two reads agree.")      \
    X(EXPECTATION, NEGATIVE, "the output is not the expected one", "Nothing was written.")         \
    X(USAGE, TROUBLE, "invalid request", "")                                                       \
    X(NAME, TROUBLE, "no such partition", "Names are case-sensitive.")                             \
    X(IO, TROUBLE, "reading or writing failed", "")                                                \
    X(MEMORY, TROUBLE, "out of memory", "")                                                        \
    X(TOO_LARGE, TROUBLE, "the input is larger than the limit", "")                                \
    X(EMPTY, UNRECOGNISED, "the input is empty", "Check that the flash was read.")                 \
    X(UNKNOWN, UNRECOGNISED, "mekit does not know this kind of file",                              \
      "Give the whole flash, its bottom chip, or the ME region.")                                  \
    X(ERASED, UNRECOGNISED, "the flash is erased here",                                            \
      "This is probably the wrong chip, or a region that was wiped earlier.")                      \
    X(TRUNCATED, UNRECOGNISED, "the image ends too early", "Read the whole flash.")                \
    X(RANGE, UNRECOGNISED, "a structure extends past the end of its container", MK_READ_AGAIN)     \
    X(COUNT, UNRECOGNISED, "impossible count", MK_READ_AGAIN)                                      \
    X(FIELD, UNRECOGNISED, "invalid value", MK_READ_AGAIN)                                         \
    X(TAG, UNRECOGNISED, "structure not found", MK_READ_AGAIN)                                     \
    X(STREAM, UNRECOGNISED, "damaged compressed bytes", MK_READ_AGAIN)                             \
    X(CODEBOOK, UNSUPPORTED, "a Huffman codebook is needed", "Give a codebook for this firmware.") \
    X(CHECKSUM, UNRECOGNISED, "wrong checksum", MK_READ_AGAIN)                                     \
    X(NO_DESCRIPTOR, UNSUPPORTED, "no flash descriptor",                                           \
      "Give the whole flash or its bottom chip.")                                                  \
    X(NO_OPERATION, UNSUPPORTED, "the operation does not exist for this firmware", "")             \
    X(BAD_READ, UNRECOGNISED, "not a good dump of a flash chip", "Read the flash again.")          \
    X(BLOCKED, REFUSED, "a finding forbids this", "")                                              \
    X(SIGNATURE, REFUSED, "the signature is wrong: a damaged image is never edited",               \
      "Read the flash again.")                                                                     \
    X(SPS, REFUSED, "a server's SPS firmware", "")                                                 \
    X(PLATFORM, REFUSED, "the platform is not known well enough to write a strap",                 \
      "Nothing was changed.")                                                                      \
    X(REGIONS, REFUSED, "impossible regions", "Nothing was changed.")                              \
    X(CONTRADICTION, REFUSED, "the request contradicts the image", "")                             \
    X(UNFIT, REFUSED, "the request does not fit this image", "Nothing was changed.")               \
    X(SELFCHECK, SELFCHECK, "the output failed its self-check",                                    \
      "Nothing was written; please report this.")

enum mk_code {
    MK_OK,
#define X(name, exit, sentence, next) MK_E_##name,
    MK_CODES(X)
#undef X
        MK_CODE_COUNT
};

/* The offset of an error that has no place in the file. */
#define MK_NOWHERE UINT64_MAX

struct mk_error {
    enum mk_code code;
    uint64_t offset;  /* in the file, or MK_NOWHERE */
    uint64_t got;     /* for RANGE, COUNT, FIELD, CHECKSUM: the value found ... */
    uint64_t limit;   /* ... and the bound or the value it should have; both 0 where meaningless */
    char what[280];   /* what is wrong, e.g. expected "$FPT", found ff ff ff ff */
    const char *next; /* what to do; NULL: the code's own */
};

/* All return false, so that a caller can write: return mk_fail(e, ...). e may be NULL, here and in
 * every other function of the library. */
bool mk_fail(struct mk_error *e, enum mk_code code, uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool mk_fail_limit(struct mk_error *e, enum mk_code code, uint64_t offset, uint64_t got,
                   uint64_t limit, const char *what);
bool mk_fail_memory(struct mk_error *e);
bool mk_fail_as(struct mk_error *e, const struct mk_error *problem);

const char *mk_code_name(enum mk_code code);     /* "RANGE" */
const char *mk_code_sentence(enum mk_code code); /* its text in MK_CODES */
enum mk_exit mk_code_exit(enum mk_code code);

/* Writes what is wrong and what to do: "offset 0x3010: expected "$FPT", found ff ff ff ff. It is
 * likely the wrong chip, or a region that was wiped before." */
void mk_error_text(const struct mk_error *e, char *out, size_t n);

/* A list of errors: some places are wrong, but the rest can still be shown. Start with {0}, end
 * with mk_errors_free. It keeps the first MK_LIMIT_ERRORS. */
struct mk_errors {
    struct mk_error *list; /* owned */
    size_t n;
};
/* False, with MEMORY in e, only if memory runs out. */
bool mk_errors_add(struct mk_errors *errors, const struct mk_error *one, struct mk_error *e);
void mk_errors_free(struct mk_errors *errors);

MK_END_DECLS

#endif
