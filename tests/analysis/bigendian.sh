#!/bin/sh
# Builds for s390x, whose bytes lie the other way round, and runs the tool tests under qemu. Debian has no Criterion
# for it; seccomp and Landlock are not to be had under qemu, nor failing system calls.
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
[ $# -gt 0 ] || set -- stripped dump contract guide options real facts parity forged
for test in "$@"; do
    sh "tests/tool/$test.sh" "$emulated"
    case $? in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) && echo "FAILED: $test" ;;
    esac
done
echo "$name: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
