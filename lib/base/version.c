/* SPDX-License-Identifier: MIT */
#include <mekit/base/version.h>

#define TEXT(x)                     #x
#define DOTTED(major, minor, patch) TEXT(major) "." TEXT(minor) "." TEXT(patch)

const char *mk_version(void) {
    return DOTTED(MK_VERSION_MAJOR, MK_VERSION_MINOR, MK_VERSION_PATCH);
}
