/* SPDX-License-Identifier: MIT */
/* These macros surround the declarations of every public header. They give C++ programs C linkage
 * and export the names from the shared library. Everything else is compiled with
 * -fvisibility=hidden. Files of lib/ share names that begin with mki_; no public header declares
 * them. */
#ifndef MEKIT_BASE_API_H
#define MEKIT_BASE_API_H

#ifdef __cplusplus
#define MK_EXTERN_C     extern "C" {
#define MK_EXTERN_C_END }
#else
#define MK_EXTERN_C
#define MK_EXTERN_C_END
#endif

#define MK_BEGIN_DECLS _Pragma("GCC visibility push(default)") MK_EXTERN_C
#define MK_END_DECLS   MK_EXTERN_C_END _Pragma("GCC visibility pop")

#endif
