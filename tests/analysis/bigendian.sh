#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds for s390x, whose bytes lie the other way round, and runs the tool tests (or those named; short: some) under
# qemu. Debian has no Criterion for it; seccomp and Landlock are not to be had under qemu, nor the calls that classes
# lets fail.
. "$(dirname "$0")/lib.sh"
needs cmake ninja pkg-config mmdebstrap s390x-linux-gnu-gcc qemu-s390x-static
unpacked s390x build/roots/bigendian
built bigendian
emulated=$root/build/bigendian/emulated
mkdir -p "$emulated"
for tool in build/bigendian/tools/*; do
    wrapper=$emulated/$(basename "$tool")
    printf '#!/bin/sh\nexec qemu-s390x-static -0 "$0" -L "%s" "%s" "$@"\n' \
        "$root/build/roots/bigendian" "$root/$tool" >"$wrapper"
    chmod +x "$wrapper"
done
export MEKIT_BUILD="$root/build/bigendian" MEKIT_SANITIZED=OFF MEKIT_SHARED="${MEKIT_SHARED:-$root/../shared}"
passed=0 failed=0 skipped=0
[ $# -gt 0 ] || set -- stripped dump contract guide options extract modes real facts parity forged
[ "$1" != short ] || set -- options contract extract stripped real
for test in "$@"; do
    sh "$(find tests/tool -name "$test.sh")" "$emulated"
    case $? in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) && echo "FAILED: $test" ;;
    esac
done
echo "$name: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
