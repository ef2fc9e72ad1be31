#!/bin/sh
# SPDX-License-Identifier: MIT
# cppcheck over lib/ and tools/, after it has found what is wrong in an example.
. "$(dirname "$0")/lib.sh"
needs cppcheck
mkdir -p build/cppcheck
cat >build/cppcheck/bad.c <<'C'
#include <stdlib.h>
int bad_index(void) { int a[4] = {0}; return a[4]; }
void bad_leak(void) { char *p = malloc(4); if (p) p[0] = 'x'; }
C
check() {
    cppcheck --quiet --std=c11 --enable=warning,style,performance,portability --error-exitcode=1 \
        -j "${MEKIT_JOBS:-1}" --suppressions-list=tests/analysis/cppcheck.txt -Iinclude -Itools -Itools/options -Itools/common \
        -Itools/stream -Itools/sandbox -Itools/codebook --template='{file}:{line}: [{id}] {message}' "$@"
}
check build/cppcheck/bad.c 2>build/cppcheck.log
for id in arrayIndexOutOfBounds memleak; do
    grep -q "$id" build/cppcheck.log || fails "$id does not find its bad example"
done
check lib tools || fails "cppcheck"
