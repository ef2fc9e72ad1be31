/* SPDX-License-Identifier: MIT */
/* What surrounds the declarations of every public header: C linkage for C++ programs, and names
 * that a shared library shows. Everything else in it is compiled with -fvisibility=hidden: names
 * that begin with mki_ are shared by files of lib/ and stand in no public header. */
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
