#!/bin/sh
# SPDX-License-Identifier: MIT
# Fuzzes every target a little, from the same numbers and as often each time, so that a slow machine tries what a fast
# one does: fuzz/run does it for long. That the targets build with a fuzzer is seen too.
. "$(dirname "$0")/lib.sh"
needs cmake ninja pkg-config clang
[ -e "$(clang -print-file-name=libclang_rt.fuzzer-"$(uname -m)".a)" ] || {
    echo "SKIPPED: $name: clang has no libFuzzer"
    exit 77
}
built fuzz
rm -rf build/fuzz/short
MEKIT_FUZZ_SEED=1 MEKIT_FUZZ_RUNS=2000 exec fuzz/run 20 build/fuzz/short
