# SPDX-License-Identifier: MIT
# Read by the scripts beside it: a folder of its own, and checks that count.
# After it: $tools, $work (empty), functions ok and has_exit; ends with `finish`.
set -u
tools=$(cd "$1" && pwd) || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
PATH=$tools:$PATH
passed=0 failed=0

# The names of all tools, and of those that write an image: the whole (filters), or a part too (a cutter). A line of the
# list: name, kind, and the arguments without which a tool does nothing.
list=$(cd "$(dirname "$0")" && pwd)
[ -e "$list/house.sh" ] || list=$list/..
list=$list/../../tools/list
all=$(sed 's/ .*//' "$list") edits=$(sed -n 's/ filter.*//p' "$list")
filters="$edits $(sed -n 's/ cutter.*//p' "$list")" reports=$(sed -n 's/ report.*//p' "$list")

# ok WHAT COMMAND...: the command must succeed
ok() {
    what=$1
    shift
    if "$@"; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "FAILED: $what"
    fi
}

# has_exit STATUS WHAT COMMAND...: the command must end with this status; its streams: $work/out, $work/err
has_exit() {
    wanted=$1 what=$2
    shift 2
    "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ "$got" -eq "$wanted" ]; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "FAILED: $what: exit $got, not $wanted: $(tail -n 1 "$work/err")"
    fi
}

is_empty() { [ ! -s "$1" ]; }
is_same() { cmp -s "$1" "$2"; }
is_different() { ! cmp -s "$1" "$2"; }
# Reports wrap long lines: compare the words, not the line breaks.
says() { grep -q -- "$2" "$1" || tr -s "\n " "  " <"$1" | grep -q -- "$2"; }

# other_digit DIGEST: one that differs in its last digit
other_digit() { case $1 in *0) echo "${1%?}1" ;; *) echo "${1%?}0" ;; esac }

# own_options TOOL: those that no other tool has to have, a line each, as --help begins it: -x, --name=
own_options() {
    "$1" --help | awk '/^options:/ {on = 1; next} on && /--(codebook|output|pass)/ {exit} on' |
        grep -oE '^  (-[A-Za-z]|  )(, |  )--[a-z0-9_-]+(\[?=)?' | sed 's/^ *//'
}

# From here on the tools that do nothing by themselves do what the list says.
tell_tools() {
    mkdir "$work/told"
    while read -r tool _ arguments; do
        [ -n "$arguments" ] || continue
        printf '#!/bin/sh\nexec %s/%s %s "$@"\n' "$tools" "$tool" "$arguments" >"$work/told/$tool"
        chmod +x "$work/told/$tool"
    done <"$list"
    PATH=$work/told:$PATH
}

finish() {
    echo "checks: $passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

# skip WHAT: the reason why nothing was tested
skip() {
    echo "SKIPPED: $1"
    exit 77
}
