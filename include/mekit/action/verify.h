/* Verifies an image link by link: manifests and their keys, partitions, modules. Edits nothing. */
#ifndef MEKIT_ACTION_VERIFY_H
#define MEKIT_ACTION_VERIFY_H

#include <mekit/image/image.h>
#include <mekit/image/signature.h>

enum mk_verdict {
    MK_VERDICT_VALID,
    MK_VERDICT_ALTERED, /* signatures and modules hold, a partition's hash does not */
    MK_VERDICT_INVALID,
    MK_VERDICT_UNSIGNED,    /* there are manifests, and none of them is signed */
    MK_VERDICT_UNSUPPORTED, /* nothing that can be verified */
};
const char *mk_verdict_name(enum mk_verdict v);

/* 16 bytes of name, masked. */
#define MK_NAME_ROOM 65

struct mk_manifest_finding {
    char partition[MK_NAME_ROOM];
    char name[MK_NAME_ROOM]; /* "FTPR.man", "rot.key"; generation 1 and 2: the partition's */
    struct mk_manifest manifest;
    struct mk_signature signature;
};

struct mk_findings {
    enum mk_verdict verdict;
    struct mk_manifest_finding *manifests; /* owned, by offset */
    size_t n_manifests;
    struct mk_error *problems; /* owned: what is damaged or cut off, so that it can't be verified */
    size_t n_problems;
};

/* Every manifest of every partition: at its start, each .man of a directory, each module that is
 * one (rot.key). Ranges that two entries share are looked at once, under the later name. False:
 * nothing to verify (the image's problem), or no memory. */
bool mk_verify(const struct mk_image *image, struct mk_findings *findings, struct mk_error *e);
void mk_findings_free(struct mk_findings *findings);

#endif
