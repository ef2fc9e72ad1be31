#!/bin/sh
# SPDX-License-Identifier: MIT
# clang-format over all C of the project, after it has found what is wrong in an example. Tables of rows are formatted by
# hand, between clang-format off and on.
. "$(dirname "$0")/lib.sh"
needs clang-format git
mkdir -p build
printf 'int bad( void ){return  0;}\n' >build/bad_format.c
check() {
    clang-format --style=file --dry-run --Werror "$@"
}
check build/bad_format.c 2>/dev/null && fails "it does not find its bad example"
files=$(git ls-files '*.c' '*.h')
[ -n "$files" ] || fails "no file to look at"
# shellcheck disable=SC2086
check $files || fails "clang-format -i would change these"
