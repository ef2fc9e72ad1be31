#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh [tests | fuzz CORPUS]: what of lib/ is reached: lines, functions and branches of each file (clang counts
# both sides of every condition), and each branch that was never taken.
#   tests        by the unit and tool tests (some ten minutes; run by hand). Ends with 1 where a branch was not taken
#                that coverage.txt does not list with a reason, or one was that it lists.
#   fuzz CORPUS  by the fuzz targets alone: the forged images and their variants, then the files in CORPUS/NAME, if
#                that is there, of each target NAME
. "$(dirname "$0")/lib.sh"
needs cmake ninja clang llvm-profdata-14 llvm-cov-14
what=${1:-tests}
corpus=''
case $what in
tests) ;;
fuzz) corpus=$(cd "${2:?usage: coverage.sh fuzz CORPUS}" && pwd) || exit 2 ;;
*) fails "usage: coverage.sh [tests | fuzz CORPUS]" ;;
esac
built coverage
here=build/coverage/counted
rm -rf $here
mkdir $here
# All processes of one program add to a few files; they go on to do so where they were killed or could not open one.
export LLVM_PROFILE_FILE="$root/$here/%4m.profraw"

# A test that judges which system calls a tool makes, or how large a file may become, judges the counting too: it may
# fail here. The plain builds judge; here counts what was reached.
run_tests() {
    ctest --test-dir build/coverage -L 'unit|tool' -E '^tool_(consumer|house)$' -j "${MEKIT_JOBS:-2}" \
        >build/coverage.log 2>&1
    grep -E '^ *[0-9]+/[0-9]+ Test ' build/coverage.log | grep -v Passed |
        sed 's/^.*#[0-9]*: /not passed: /; s/ \.\.*/: /'
    programs=$(
        find build/coverage/tests -maxdepth 1 -name 'unit_*'
        find build/coverage/tools -type f ! -name forge
    )
}

run_targets() {
    programs=$(find build/coverage/fuzz -maxdepth 1 -name 'fuzz_*' -type f | sort)
    for program in $programs; do
        target=$(basename "$program")
        echo "$target: forged images and variants: $($program --forged 20)"
        [ ! -d "$corpus/$target" ] || echo "$target: corpus: $(find "$corpus/$target" -type f -print0 |
            xargs -0 "$program" | awk '{n += $1} END {print n " runs"}')"
    done
}

# covered VERB OPTION...: llvm-cov about lib/ in all programs
covered() {
    verb=$1
    shift
    # shellcheck disable=SC2046
    llvm-cov-14 "$verb" $(echo "$programs" | sed '2,$s/^/-object /') -instr-profile=$here/all.profdata "$@" "$root/lib"
}

# A line for each branch that was never taken, with tabs: file, side, source from the condition on, line.
never_taken() {
    awk -F '|' -v root="$root/" '
        /^\/.*:$/ {file = substr($0, length(root) + 1, length($0) - length(root) - 1)}
        /^ +[0-9]+\|/ {text[$1 + 0] = $0; sub(/^[^|]*\|[^|]*\|/, "", text[$1 + 0])}
        / Branch \(/ && /: 0[,\]]/ {
            split($0, place, /[(:)]/)
            source = substr(text[place[2] + 0], place[3])
            if (/True: 0,/) print file "\ttrue\t" source "\t" place[2]
            if (/False: 0\]/) print file "\tfalse\t" source "\t" place[2]
        }' $here/shown
}

# Adds the reason of coverage.txt to each branch that was never taken; one without a reason is reported as open, and what is listed and
# was taken as taken (but what reference images take).
judge() {
    awk -F '\t' '
        FNR == NR && !/^#/ && NF >= 4 {reason[$1 FS $2 FS $3] = $4}
        FNR == NR {next}
        {
            key = $1 FS $2 FS $3
            seen[key] = 1
            print (key in reason ? "listed" : "open") "\t" $1 ":" $4 ": " $2 ": " $3 "\t" reason[key]
        }
        END {
            for (key in reason)
                if (!(key in seen) && reason[key] !~ /^real: /) {
                    split(key, part, FS)
                    print "taken\t" part[1] ": " part[2] ": " part[3] "\t"
                }
        }' tests/analysis/coverage.txt $here/never | sort
}

if [ "$what" = fuzz ]; then run_targets; else run_tests; fi
llvm-profdata-14 merge -o $here/all.profdata $here/*.profraw || fails "nothing was counted"
covered report --show-branch-summary --show-region-summary=false >$here/report || fails "no report"
covered show --show-branches=count >$here/shown || fails "no listing"
never_taken >$here/never
cat $here/report
[ "$what" = tests ] || exit 0
judge >$here/judged
for kind in listed open taken; do
    awk -F '\t' -v kind=$kind '$1 == kind {print kind ": " $2 ($3 ? "\n        " $3 : "")}' $here/judged
done
awk -F '\t' '{n[$1]++} END {print n["listed"] + 0, n["open"] + 0, n["taken"] + 0}' $here/judged >$here/counts
read -r listed open taken <$here/counts
awk -v listed="$listed" '/^TOTAL/ {
    all = $(NF - 2); missed = $(NF - 1)
    printf "branches: %d of %d taken: %.2f %%; without those listed: %.2f %%\n", all - missed, all,
        100 * (all - missed) / all, 100 * (all - missed) / (all - listed)}' $here/report
echo "$name: $listed never taken and listed, $open not listed, $taken listed and taken"
[ "$open" -eq 0 ] && [ "$taken" -eq 0 ]
