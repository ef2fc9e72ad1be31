/* SPDX-License-Identifier: MIT */
/* The tools' own mains, renamed so that one program can contain them all. */
#ifndef MEKIT_FUZZ_MAINS_H
#define MEKIT_FUZZ_MAINS_H

#define TOOL(id, noun, name, kind, told) int main_##noun(int argc, char **argv);
#include "tools.inc"
#undef TOOL

#endif
