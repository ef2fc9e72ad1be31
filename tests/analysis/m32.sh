#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds for i386 and runs the unit and tool tests there; short: the unit tests alone. The consumer's build finds only
# the machine's own libraries, the house is the same for every architecture, and classes makes calls fail in programs of
# the machine too, which take no library of another architecture.
. "$(dirname "$0")/lib.sh"
needs cmake ninja pkg-config mmdebstrap i686-linux-gnu-gcc
unpacked i386 build/roots/m32
built m32
build/m32/tools/me-strip --version >/dev/null || {
    echo "SKIPPED: $name: this machine does not run 32-bit programs"
    exit 77
}
[ "${1:-}" = short ] && exec ctest --preset m32 -L unit
ctest --preset m32 -L 'unit|tool' -E '^tool_(classes|consumer|house|leak)$' "$@"
