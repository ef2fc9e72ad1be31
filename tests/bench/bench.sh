#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the release, times the tools against the cheapest program that could do as much, and prints medians and ratios of
# pairs; they are also in build/bench.json, a line each. With OTHER, folders of tools, each comparison is made for all.
# ME_CLEANER names me_cleaner.py, which is compared with where ifdtool is installed too.
# usage: tests/bench/bench.sh [ROUNDS [OTHER]...]
set -eu
cd "$(dirname "$0")/../.."
rounds=${1:-21} others=''
[ $# -eq 0 ] || shift
for folder in "$@"; do others="$others $(cd "$folder" && pwd)"; done
cmake --preset release >/dev/null
# shellcheck disable=SC2046
ninja -C build/release pairs share forge $(sed 's/ .*//' tools/list) >/dev/null
tools=$PWD/build/release/tools tests=$PWD/build/release/tests json=$PWD/build/bench.json
shared=${MEKIT_SHARED:-$PWD/../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"

# pad FILE MIB: 0xFF behind it
pad() {
    head -c $(($2 * 1048576 - $(wc -c <"$1"))) /dev/zero | tr '\0' '\377' >>"$1"
}
"$tools/forge" good-full-me8 forged.rom
pad forged.rom 12
image=forged.rom
if [ -x "$shared/check/compose" ]; then
    mkdir real
    "$shared/check/compose" "$work/real" >/dev/null
    image=real/x230-12m.bin
fi
mkdir folder
for i in 1 2 3 4; do
    for file in "$shared"/images/*.bin "$image"; do
        [ ! -e "$file" ] || [ "$(wc -c <"$file")" -le 65536 ] || cp "$file" "folder/$i-${file##*/}"
    done
done
cp "$image" 16.rom
pad 16.rom 16
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do cat 16.rom; done >256.rom
# For the filters: stripped and moved, so that a smaller ME is possible, and a part for GbE.
"$tools/me-strip" -q 16.rom >16.stripped
"$tools/me-relocate" -q 16.stripped >16.small
"$tools/me-relocate" -q --reclaim 16.small 2>/dev/null | "$tools/fpt-dump" -q --layout >new.layout
head -c 4096 /dev/urandom >gbe.part

# share NAME TOOLS: how much of the time of all processors rsa-check spends on LZMA and digests, for a folder of images; an
# older build gets one file at a time
share() {
    check="find folder -name '*.bin' -print0 | xargs -0 -n1 -P$(nproc) $2/rsa-check"
    if "$2/rsa-check" --help | grep -q -e --each; then check="$2/rsa-check --each folder/*.bin"; fi
    for _ in 1 2 3 4 5; do
        : >log
        start=$(date +%s%N)
        LD_PRELOAD=$tests/share.so BENCH_LOG=$work/log sh -c "$check" >out 2>err || true
        took=$(($(date +%s%N) - start))
        awk -v took=$took -v processors="$(nproc)" '{n += $1} END {printf "%.1f %.0f\n", n * 1e5 / took / processors, took / 1e6}' log
    done | sort -n | sed -n 3p >shares
    read -r percent took <shares
    [ "$percent" = 0.0 ] && return # a static tool can't be measured
    printf '%-44s %8s ms, %s %% of it LZMA and digests (goal 85)\n' "$1" "$took" "$percent"
    printf '{"name": "%s", "goal": "85", "wall_ms": %s, "percent": %s}\n' "$1" "$took" "$percent" >>"$json"
}

# row NAME GOAL COMMAND AGAINST: in COMMAND, @ is the folder of the tools. Each side writes to a file of its own: who opens
# a file anew pays for the pages that it had.
row() {
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$(echo "$3" | sed "s|@|$tools|g")" "$4"
    n=1
    for other in $others; do
        tool=${3#*@/}
        n=$((n + 1))
        [ -x "$other/${tool%% *}" ] || continue # an older build may lack it
        printf '%s: %s\t%s\t%s\t%s\n' $((n - 1)) "$1" "$2" "$(echo "$3" | sed "s|@|$other|g")" "$4"
    done
}
{
    row 'four filters, against four cats' 2.0 \
        "@/rsa-check -q --pass $image 2>err | @/ifd-unlock -q | @/me-strip -q -S -d | @/me-relocate -q >out" \
        "cat $image | cat | cat | cat >base"
    row 'without rsa-check, against four cats' 1.0 \
        "@/ifd-unlock -q $image | @/me-strip -q -S -d | @/me-relocate -q | @/me-extract -q -t >out" \
        "cat $image | cat | cat | cat >base"
    if command -v ifdtool >/dev/null && [ -e "${ME_CLEANER:-}" ]; then
        filters='@/ifd-unlock -q | @/me-strip -q -S -d | @/me-relocate -q | tee out | @/me-extract -q -t >me'
        row 'the whole job, against ifdtool and me_cleaner' 0.4 "@/rsa-check -q --pass $image 2>err | $filters" \
            "cp $image in && ifdtool -u in >err && python3 $ME_CLEANER -S -d -r -t -O out -M me in.new >err"
    fi
    row 'ifd-unlock, pipe to pipe, against cat' 1.1 "cat $image | @/ifd-unlock -q | cat >/dev/null" \
        "cat $image | cat | cat >/dev/null"
    row 'ifd-unlock FILE > OUT, against cat' 1.1 "exec @/ifd-unlock -q $image >out" "exec cat $image >base"
    for filter in 'ifd-unlock' 'ifd-insert gbe=gbe.part' 'ifd-insert --blank gbe' 'ifd-layout --layout new.layout' 'ifd-set --em100' \
        'ifd-set --strap 3=0x55' 'me-strip' 'me-strip -s' 'me-extract'; do
        row "$filter, 16 MiB FILE > OUT, against cat" 1.5 "exec @/${filter%% *} -q${filter#"${filter%% *}"} 16.small >out" 'exec cat 16.small >base'
    done
    row 'me-relocate, 16 MiB FILE > OUT, against cat' 1.5 'exec @/me-relocate -q 16.stripped >out' 'exec cat 16.stripped >base'
    row 'ifd-unlock --version, against true' 3.0 'exec @/ifd-unlock --version >out' 'exec /bin/true'
    row 'rsa-check, against xz -dc of 1 MiB' - "exec @/rsa-check -q $image" 'exec xz -dc random.xz >/dev/null'
    row 'fpt-dump --json, against openssl sha256' - "exec @/fpt-dump --json $image >out" \
        "exec openssl sha256 $image >out"
    row 'me-extract --scan of 256 MiB, against cat' 5.8 'exec @/me-extract --scan 256.rom >out' 'exec cat 256.rom >/dev/null'
    for mib in 1 16 64 256; do
        head -c $((mib * 1048576)) 256.rom >$mib.cut
        row "me-extract --scan of $mib MiB from a pipe" - "cat $mib.cut | @/me-extract --scan >out" "cat $mib.cut | cat >/dev/null"
    done
} >rows
head -c 1048576 /dev/urandom | od -An -tx1 | head -c 1048576 | xz >random.xz
"$tests/pairs" "$rounds" "$json" <rows
n=0
for folder in "$tools" $others; do
    share "$([ $n -eq 0 ] || echo "$n: ")rsa-check of a folder" "$folder"
    n=$((n + 1))
done
