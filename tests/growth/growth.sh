#!/bin/sh
# SPDX-License-Identifier: MIT
# growth.sh PROGRAM [long]: doubling a count or a size may cost at most 2.3 times the instructions, as callgrind counts
# them, of all the library and the reports do. It first finds that a quadratic function is one, and a linear one is not.
set -u
program=$1 form=${2:-short}
command -v valgrind >/dev/null || {
    echo "SKIPPED: growth: no valgrind"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/files" "$work/counts"
"$program" build "$work/files" "$form" >"$work/shapes" || exit 1
valgrind --tool=callgrind --toggle-collect=growth_measured --dump-after=growth_measured \
    --callgrind-out-file="$work/counts/out" "$program" measure "$work/files" "$form" >"$work/log" 2>&1 || {
    tail -n 20 "$work/log"
    echo "FAILED: growth: the work could not be measured"
    exit 1
}
i=0
while read -r shape n; do
    i=$((i + 1))
    echo "$shape $n $(sed -n 's/^totals: //p' "$work/counts/out.$i")"
done <"$work/shapes" >"$work/totals"
awk -v limit=2.3 '
    $3 !~ /^[0-9]+$/ {print $1, $2, "was not measured"; failed++; next}
    $1 == shape {
        ratio = $3 / last
        printf "%-18s %8d %14.0f  %.2f\n", $1, $2, $3, ratio
        doublings++
        if ($1 == "quadratic") {found += ratio > limit}
        else if (ratio > limit) {print "FAILED: " $1 " grows by more than " limit; failed++}
    }
    $1 != shape {printf "%-18s %8d %14.0f\n", $1, $2, $3}
    {shape = $1; last = $3}
    END {
        if (!found) {print "FAILED: growth does not find its bad example"; failed++}
        print doublings + 0 " doublings, " failed + 0 " of them too dear"
        exit failed > 0 || doublings < 30
    }' "$work/totals"
