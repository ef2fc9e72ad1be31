/* SPDX-License-Identifier: MIT */
/* Text from an image, made safe: printable ASCII stays, every other byte (and the backslash)
 * becomes \xNN. All text of an image passes through here before it reaches a terminal, a log, JSON
 * or a file name. */
#ifndef MEKIT_BASE_TEXT_H
#define MEKIT_BASE_TEXT_H

#include <mekit/base/api.h>

#include <stddef.h>
#include <stdint.h>

MK_BEGIN_DECLS

/* Room for n masked bytes and the closing NUL. */
#define MK_TEXT_ROOM(n) (4 * (n) + 1)

/* Masks n bytes up to trailing NULs (and, for fixed-width names, trailing FFs). out gets at most
 * room - 1 characters and a NUL; a masked character that does not fit completely is left out.
 * Returns out. */
char *mk_text_mask(char *out, size_t room, const uint8_t *bytes, size_t n);

/* The same for a NUL-terminated string (a file name, an argument). */
char *mk_text_mask_string(char *out, size_t room, const char *text);

/* "ff 01 2a ..." of at most 8 bytes. Returns out (room >= 24). */
char *mk_text_hex(char *out, size_t room, const uint8_t *bytes, size_t n);

/* A safe file name part: [A-Za-z0-9_.-] stays, anything else and a leading dot become _. */
char *mk_text_file_name(char *out, size_t room, const uint8_t *bytes, size_t n);

MK_END_DECLS

#endif
