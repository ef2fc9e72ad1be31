#!/bin/sh
# SPDX-License-Identifier: MIT
# clang-tidy over lib/ and tools/ with .clang-tidy, after it has found what is wrong in an example.
. "$(dirname "$0")/lib.sh"
needs clang-tidy cmake
mkdir -p build
cmake --preset dev -DMEKIT_TESTS=OFF -B build/tidy >build/tidy.log 2>&1 || fails "no compile commands: build/tidy.log"

cat >build/tidy/bad.c <<'C'
#include <stdlib.h>
#include <string.h>
size_t bad_product(unsigned n) { return n * 32u; }
unsigned bad_recursion(unsigned n) { return n ? bad_recursion(n - 1) + 1 : 0; }
char bad_pointer(const char *s) { char *p = NULL; return *s ? 'x' : *p; }
int bad_number(const char *s) { return atoi(s); }
C
clang-tidy --quiet --config-file=.clang-tidy build/tidy/bad.c -- >build/tidy.log 2>/dev/null
for check in bugprone-implicit-widening misc-no-recursion clang-analyzer-core.NullDereference cert-err34-c; do
    grep -q "$check" build/tidy.log || fails "$check does not find its bad example"
done

# A process each: in one process clang-tidy 14 no longer knows va_start from the second file on.
# With all its 225,000 nodes for a function the analyzer takes four times as long.
tidy() { xargs -n 1 -P "${MEKIT_JOBS:-1}" clang-tidy --quiet -p build/tidy --extra-arg=-Xclang \
    --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=max-nodes=60000 "$@"; }
{
    echo lib/base/error.c | tidy &&
        find lib tools -name '*.c' ! -path lib/base/error.c |
        tidy --extra-arg=-include --extra-arg="$root/tests/analysis/fail.h"
} >build/tidy.log 2>build/tidy.err || {
    grep -E '(warning|error): ' build/tidy.log | sed "s|^$root/||" | sort -u
    fails "clang-tidy"
}
echo "$name: $(find lib tools -name '*.c' | wc -l) files"
