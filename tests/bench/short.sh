# SPDX-License-Identifier: MIT
# short.sh BUILD: instructions of the tools, as callgrind counts them, and the processor time of a filter in a pipe beside
# cat's: neither may be 1.5 times what recorded.tsv has. What the machine does meanwhile changes the first not at all; of
# the second the least of many is taken, and a second look before it counts.
# usage: short.sh BUILD [record]: prints a new table
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd) || exit 2
tools=$build/tools pairs=$build/tests/pairs record=${2:-}
command -v valgrind >/dev/null || {
    echo "SKIPPED: bench: no valgrind"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 2
"$tools/forge" good-full-me8 image.rom
head -c $((12 * 1048576 - $(wc -c <image.rom))) /dev/zero | tr '\0' '\377' >>image.rom

# instructions TOOL ARGUMENT...: in thousands
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=counts "$tools/$@" >out 2>log || return
    awk '/^(totals|summary):/ {n = $2} END {printf "%.0f", n / 1000}' counts
}
# processor COMMAND AGAINST: hundredths of the time of AGAINST
processor() {
    for _ in 1 2 3; do
        printf 'x\t-\t%s\t%s\n' "$(echo "$1" | sed "s|@|$tools|g")" "$2" | "$pairs" 15 json >out || return
        sed 's/.*"cpu_least_ratio": \([0-9.]*\).*/\1/' json
    done | sort -n | awk 'NR == 1 {printf "%.0f", 100 * $1}'
}
measure() { # KIND COMMAND
    case $1 in
    # shellcheck disable=SC2086
    instructions) instructions $2 ;;
    processor) processor "$2" "$(echo "$2" | sed 's/@[^|]*|/cat |/')" ;;
    esac
}

# is_dear GOT RECORDED
is_dear() { [ -z "$1" ] || [ $(($1 * 2)) -gt $(($2 * 3)) ]; }
{ is_dear 16 10 && is_dear '' 10 && ! is_dear 15 10; } || exit 1

failed=0 rows=0
tab=$(printf '\t')
while IFS=$tab read -r recorded kind command; do
    case $recorded in \#* | '') [ -z "$record" ] || echo "$recorded" && continue ;; esac
    got=$(measure "$kind" "$command")
    rows=$((rows + 1))
    if [ "$record" ]; then
        printf '%s\t%s\t%s\n' "$got" "$kind" "$command"
    elif is_dear "$got" "$recorded"; then
        failed=$((failed + 1))
        echo "FAILED: $command: ${got:-nothing} ($kind), recorded $recorded"
    else
        echo "$command: $got ($kind), recorded $recorded"
    fi
done <"${MEKIT_RECORDED:-$here/recorded.tsv}"
[ "$record" ] || echo "$rows measured, $failed of them too dear"
[ $failed -eq 0 ] && [ $rows -gt 0 ]
