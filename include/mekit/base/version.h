/* SPDX-License-Identifier: MIT */
/* The version of the headers that a program is compiled with, and of the library that it runs with.
 *
 * Before 1.0 the interface may change with every MINOR: fields of structs, values of enums, names.
 * The shared library's name carries MAJOR.MINOR (libmekit.so.0.2), so a program never runs with
 * another MINOR than it was compiled for. A PATCH only fixes: it adds no field and changes no
 * value. There is no other promise, since the structs are plain data that programs read. */
#ifndef MEKIT_BASE_VERSION_H
#define MEKIT_BASE_VERSION_H

#include <mekit/base/api.h>

MK_BEGIN_DECLS

#define MK_VERSION_MAJOR 0
#define MK_VERSION_MINOR 2
#define MK_VERSION_PATCH 0

/* One number to compare: #if MK_VERSION >= MK_VERSION_OF(0, 2, 0) */
#define MK_VERSION_OF(major, minor, patch) ((major)*1000000 + (minor)*1000 + (patch))
#define MK_VERSION                         MK_VERSION_OF(MK_VERSION_MAJOR, MK_VERSION_MINOR, MK_VERSION_PATCH)

/* "0.2.0": the version of the running library. */
const char *mk_version(void);

MK_END_DECLS

#endif
