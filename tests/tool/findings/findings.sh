# SPDX-License-Identifier: MIT
# Every finding of the table in finding.h: an image that shows it, one close to it that does not, what is then refused, and
# that a refusal writes no byte. findings.tsv has one or more rows for each.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lib.sh"
cd "$work" || exit 2
rows=$here/findings.tsv
tab=$(printf '\t')

# make RECIPE[|FILTER] FILE
make() {
    forge "${1%%|*}" "$2"
    case $1 in *'|'*)
        "${1#*|}" -q "$2" >made && mv made "$2"
        ;;
    esac
}

# json_has FILE ID [SEVERITY]: among the findings
json_has() { tr -d ' \n' <"$1" | grep -q "{\"id\":\"$2\",\"severity\":\"${3-}"; }
json_lacks() { ! json_has "$1" "$2"; }
# is_for FILE ID: the error of this JSON names the finding
is_for() { tr -d ' \n' <"$1" | grep -q "\"what\":\"$2:"; }
is_not_for() { ! is_for "$1" "$2"; }
lacks() { ! says "$1" "$2"; }

# ---- reports ----

report() { # TOOL STATUS
    has_exit "$2" "$1 of $shows" "$1" --json=json shows.bin
    cat out err >text
    ok "$1 of $shows: $id in the text" says text "$id: "
    ok "$1 of $shows: $id in the JSON, $severity" json_has json "$id" "$severity"
    "$1" --json near.bin >json 2>err
    ok "$1 of $near: no $id" json_lacks json "$id"
}

reports() {
    case $rsa in
    *-)
        has_exit "${rsa%-}" "rsa-check of $shows" rsa-check --json shows.bin
        ok "rsa-check does not look for $id" json_lacks out "$id"
        ;;
    *) report rsa-check "$rsa" ;;
    esac
    fpt-dump shows.bin >out 2>err
    report fpt-dump $?
    [ "$severity" != damage ] || ok "$shows is damaged: rsa-check says no" [ "$rsa" -ne 0 ]
}

# ---- filters ----

refused() { # COMMAND...
    has_exit "$refusal" "$* of $shows" "$@" --json=json shows.bin
    ok "$*: $id: nothing on standard output" is_empty out
    ok "$*: $id in the text" says err "$id: "
    ok "$*: $id is the reason" is_for json "$id"
    ok "$*: $id in the JSON, $severity" json_has json "$id" "$severity"
    has_exit "$refusal" "$* -o of $shows" "$@" -q -o left shows.bin
    ok "$*: $id: no file is left" [ -z "$(find . -name 'left*')" ]
    if [ "$accept" = yes ]; then
        "$@" --accept="$id" --json=json shows.bin >out 2>err
        ok "$* --accept=$id: it is not the reason any more" is_not_for json "$id"
    else
        has_exit 2 "$*: $id can't be accepted" "$@" --accept="$id" shows.bin
        ok "$* --accept=$id: nothing on standard output" is_empty out
    fi
}

done_and() { # WHERE COMMAND...: the finding is told there: says, json or 0
    where=$1
    shift
    has_exit 0 "$* of $shows" "$@" --json=json shows.bin
    mv out bytes
    case $where in
    says) ok "$*: $id in the text" says err "$id: " ;;
    *) ok "$*: $id not in the text" lacks err "$id: " ;;
    esac
    if [ "$where" = 0 ]; then ok "$* does not look for $id" json_lacks json "$id"; else
        ok "$*: $id in the JSON" json_has json "$id" "$severity"
        has_exit 0 "$* -v of $shows" "$@" -v shows.bin
        ok "$* -v: $id in the text" says err "$id: "
        has_exit 0 "$* -q of $shows" "$@" -q shows.bin
        ok "$* -q says nothing of $id" is_empty err
        ok "$*: $id changes no byte" is_same out bytes
    fi
}

other() { # STATUS COMMAND...
    status=$1
    shift
    has_exit "$status" "$* of $shows" "$@" --json=json shows.bin
    ok "$* of $shows: nothing on standard output" is_empty out
    ok "$* of $shows: $id is not the reason" is_not_for json "$id"
}

filter() { # CELL COMMAND...
    cell=$1
    shift
    case $cell in
    no) refused "$@" ;;
    says | json | 0) done_and "$cell" "$@" ;;
    *) other "$cell" "$@" ;;
    esac
}

while IFS=$tab read -r id severity refusal accept rsa shows near unlock soft strip relocate reclaim extract; do
    case $id in '#'* | '') continue ;; esac
    make "$shows" shows.bin
    make "$near" near.bin
    reports
    filter "$unlock" ifd-unlock
    filter "$soft" me-strip -s
    filter "$strip" me-strip
    filter "$relocate" me-relocate
    filter "$reclaim" me-relocate --reclaim
    filter "$extract" me-extract
done <"$rows"
ok "no temporary file is left" [ -z "$(find . -name '*.tmp')" ]

# ---- what is asked for is a no ----

for row in 'good-me8 1 1' 'good-me11 0 1' 'bad-signature 1 1' 'bad-erased-chip 3 3'; do
    # shellcheck disable=SC2086
    set -- $row
    forge "$1" in.bin
    has_exit "$2" "rsa-check --require-proof of $1" rsa-check --require-proof in.bin
    has_exit "$3" "rsa-check --require-known-key of $1" rsa-check --require-known-key in.bin
done
finish
