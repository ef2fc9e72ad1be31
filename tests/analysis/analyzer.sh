#!/bin/sh
# SPDX-License-Identifier: MIT
# gcc -fanalyzer over lib/ and tools/, after it has found what is wrong in an example. What it says beside analyzer.txt
# is a failure.
. "$(dirname "$0")/lib.sh"
needs gcc
rm -rf build/analyzer
mkdir -p build/analyzer
cat >build/analyzer/bad.c <<'C'
#include <stdlib.h>
#include <stdio.h>
void bad_leak(void) { char *p = malloc(4); if (p) p[0] = 'x'; }
void bad_twice(char *p) { free(p); free(p); }
int bad_null(void) { int *p = malloc(sizeof *p); return *p; }
void bad_file(void) { FILE *f = fopen("x", "r"); if (f) fgetc(f); }
int bad_size(int *p) { p = malloc(2); free(p); return *p; }
C
analyzer() {
    gcc -fanalyzer -fdiagnostics-path-format=none -O1 -std=c11 -S -o /dev/null -D_POSIX_C_SOURCE=200809L \
        -D_FILE_OFFSET_BITS=64 -DMEKIT_VERSION='"0"' -DMEKIT_CODEBOOK_FOLDER='"/"' -Iinclude -Itools -Itools/options -Itools/common -Itools/report \
        -Itools/each -Itools/stream -Itools/sandbox -Itools/codebook "$@"
}
analyzer build/analyzer/bad.c 2>build/analyzer/bad.log
for finding in malloc-leak double-free possible-null-dereference file-leak use-after-free; do
    grep -q "Wanalyzer-$finding" build/analyzer/bad.log || fails "$finding does not find its bad example"
done

analyzer lib/base/error.c 2>build/analyzer/error.log || fails "lib/base/error.c does not compile"
for file in $(find lib tools -name '*.c' ! -path lib/base/error.c); do
    analyzer -include tests/analysis/fail.h "$file" 2>"build/analyzer/$(echo "$file" | tr / -).log" ||
        fails "$file does not compile"
done
# "FILE FINDING", once for each
sed -n 's/^\([^: ]*\):[0-9:]* warning: .*\[-Wanalyzer-\([a-z-]*\)\]$/\1 \2/p' build/analyzer/*-*.log \
    build/analyzer/error.log >build/analyzer/found
grep -vxFf tests/analysis/analyzer.txt build/analyzer/found && {
    grep -h 'warning:' build/analyzer/*.log
    fails "gcc -fanalyzer"
}
echo "$name: $(find lib tools -name '*.c' | wc -l) files"
