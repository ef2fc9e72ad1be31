/* Verifies an image link by link: manifests and their keys, partitions, modules. Edits nothing. */
#ifndef MEKIT_ACTION_VERIFY_H
#define MEKIT_ACTION_VERIFY_H

#include <mekit/image/image.h>
#include <mekit/image/signature.h>

enum mk_verdict {
    MK_VERDICT_VALID,
    MK_VERDICT_ALTERED,     /* signatures and modules hold, a partition's hash does not */
    MK_VERDICT_INVALID,
    MK_VERDICT_UNSIGNED,
    MK_VERDICT_UNSUPPORTED, /* nothing that can be verified */
};
const char *mk_verdict_name(enum mk_verdict v);

/* 16 bytes of name, masked. */
#define MK_TEXT_ROOM_NAME 65

struct mk_manifest_finding {
    char partition[MK_TEXT_ROOM_NAME]; /* masked */
    char name[MK_TEXT_ROOM_NAME];      /* "FTPR.man", or the partition's name */
    struct mk_manifest manifest;
    struct mk_signature signature;
};

struct mk_findings {
    enum mk_verdict verdict;
    struct mk_manifest_finding *manifests; /* owned, by offset */
    size_t n_manifests;
    struct mk_error *problems; /* owned: partitions that could not be read */
    size_t n_problems;
};

/* False: nothing to verify (the image's problem), or no memory. */
bool mk_verify(const struct mk_image *image, struct mk_findings *findings, struct mk_error *e);
void mk_findings_free(struct mk_findings *findings);

#endif
