#!/bin/sh
# coverage.sh [tests | fuzz CORPUS]: what of lib/ is reached: lines, functions and branches of each file, and each
# branch that was never taken (clang counts both sides of every condition).
#   tests        by the unit and tool tests (some ten minutes). Ends with 1 where a branch was not taken that is not
#                listed in coverage.txt, or one was that is.
#   fuzz CORPUS  by the fuzz targets alone: the forged images and their variants, and the files in CORPUS/NAME, if
#                that is there, of the target NAME
. "$(dirname "$0")/lib.sh"
needs cmake ninja clang llvm-profdata-14 llvm-cov-14
what=${1:-tests}
corpus=${2:+$(cd "$2" && pwd)} || exit 2
case $what in
tests) ;;
fuzz) ;;
*) fails "usage: coverage.sh [tests | fuzz CORPUS]" ;;
esac
built coverage
here=build/coverage/counted
rm -rf $here
mkdir $here
# Processes of one program share a few files.
export LLVM_PROFILE_FILE="$root/$here/%4m.profraw"

# What judges a tool's system calls or the size of its files judges the counting too: such tests may fail here. The
# plain builds judge; here only what was reached counts.
run_tests() {
    ctest --test-dir build/coverage -L 'unit|tool' -E '^tool_(consumer|house)$' -j "${MEKIT_JOBS:-2}" >build/coverage.log
    grep -E '^ *[0-9]+/[0-9]+ Test ' build/coverage.log | grep -v Passed | sed 's/^.*#[0-9]*: /not passed: /; s/ \.\.*/ /'
    programs=$(find build/coverage/tests -maxdepth 1 -name 'unit_*'; find build/coverage/tools -type f ! -name forge)
}

run_targets() {
    programs=$(find build/coverage/fuzz -maxdepth 1 -name 'fuzz_*' -type f)
    for target in $programs; do
        target_name=$(basename "$target")
        echo "$target_name: $($target)"
        [ ! -d "$corpus/$target_name" ] || find "$corpus/$target_name" -type f -print0 | xargs -0 "$target"
    done
}

# covered VERB...: llvm-cov about all programs; the first of them is not an option's value.
covered() {
    verb=$1
    shift
    first=$(echo "$programs" | head -n 1)
    # shellcheck disable=SC2046
    llvm-cov-14 "$verb" "$first" $(echo "$programs" | sed 's/^/-object /') -instr-profile=$here/all.profdata "$@" "$root/lib"
}

# FILE, side, the source from the condition on: a line for each branch that was never taken, with tabs.
never_taken() {
    awk -F '|' -v root="$root/" '
        /^\/.*:$/ {file = substr($0, length(root) + 1, length($0) - length(root) - 1)}
        /^ +[0-9]+\|/ {line = $1 + 0; text[line] = substr($0, index($0, "|") + 1); sub(/^[^|]*\|/, "", text[line])}
        / Branch \(/ && /: 0[,\]]/ {
            split($0, place, /[(:)]/)
            source = substr(text[place[2] + 0], place[3])
            if ($0 ~ /True: 0,/) print file "\ttrue\t" source "\t" place[2]
            if ($0 ~ /False: 0\]/) print file "\tfalse\t" source "\t" place[2]
        }' "$here/shown"
}
if [ "$what" = fuzz ]; then run_targets; else run_tests; fi
llvm-profdata-14 merge -o $here/all.profdata $here/*.profraw || fails "no profile"
covered report --show-branch-summary --show-region-summary=false
covered show --show-branches=count >$here/shown
never_taken
