#!/bin/sh
# Fuzzes every target for a few seconds, from the same numbers each time: what fuzz/run does for long. That the targets
# build with a fuzzer is seen too.
. "$(dirname "$0")/lib.sh"
needs cmake ninja pkg-config clang
[ -e "$(clang -print-file-name=libclang_rt.fuzzer-"$(uname -m)".a)" ] || {
    echo "SKIPPED: $name: clang has no libFuzzer"
    exit 77
}
built fuzz
rm -rf build/fuzz/short
MEKIT_FUZZ_SEED=1 exec fuzz/run 1 build/fuzz/short
