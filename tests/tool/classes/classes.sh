# SPDX-License-Identifier: MIT
# The 50 classes of hostile input: classes.tsv names each, what shows it, the command that is run on it, and what that has
# to end with and to say. A recipe of the forge is the file `in` of a folder of its own; a command may be a function of
# lib.sh. What fails writes nothing; every number has a row that ran; bad recipes are at least three to a good one.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lib.sh"
. "$here/lib.sh"
MEKIT_BUILD=${MEKIT_BUILD:-$tools/..}
root=$(cd "$here/../../.." && pwd)
table=${CLASSES:-$here/classes.tsv}
export LC_ALL=C
forge --codebook >"$work/forged.codebook"
${CC:-cc} -shared -fPIC -O1 -o "$work/calls.so" "$here/calls.c" -ldl || exit 2
mkdir "$work/forged" "$work/good"
forge --list | cut -d' ' -f1 >"$work/recipes"
for n in $(grep '^good-' "$work/recipes"); do forge "$n" "$work/good/$n"; done
: >"$work/ran"

# What it is run on. -: nothing but what the command makes.
prepare() {
    rm -rf "$work/row"
    mkdir "$work/row"
    [ "$1" = - ] && return
    [ -e "$work/forged/$1" ] || forge "$1" "$work/forged/$1" 2>/dev/null || return
    cp "$work/forged/$1" "$work/row/in"
}

# Words of a tool that only reports are no output, nor is the report that goes with the answer no.
is_silent() {
    case $1 in *fpt-dump* | *rsa-check*) [ "$2" -eq 1 ] || [ ! -s "$work/out" ] || grep -q verdict "$work/out" ;;
    *) [ ! -s "$work/out" ] ;; esac
}

# Reports wrap long lines: compare the words, not the line breaks.
says_word_by_word() {
    for how in -F ''; do
        # shellcheck disable=SC2086
        grep -qa $how -- "$1" "$work/out" "$work/err" && return
        # shellcheck disable=SC2086
        cat "$work/out" "$work/err" | tr -s '\n ' '  ' | grep -qa $how -- "$1" && return
    done
    return 1
}

# row NUMBER FIXTURE STATUS COMMAND PHRASE: what does not end as it has to does not count as run
row() {
    before=$failed
    ok "$1: $2 can be made" prepare "$2" || return
    (cd "$work/row" && eval "$4") >"$work/out" 2>"$work/err" </dev/null
    got=$?
    ok "$1: $2: $4: exit $got, not $3: $(tail -n 1 "$work/err" | tr -cd ' -~')" [ "$got" -eq "$3" ]
    ok "$1: $2: $4: says \"$5\"" says_word_by_word "$5"
    [ "$got" -eq 0 ] || ok "$1: $2: $4: no output" is_silent "$4" "$got"
    [ "$failed" -gt "$before" ] || echo "$1" >>"$work/ran"
}

while IFS='	' read -r number class fixture status command phrase; do
    case $number in '' | '#'*) continue ;; esac
    ok "$number: a row of six columns" [ -n "$phrase" ]
    ok "$number: one name a class" [ "$(awk -F'\t' -v n="$number" '$1 == n {print $2}' "$table" | sort -u)" = "$class" ]
    row "$number" "$fixture" "$status" "$command" "$phrase"
done <"$table"

i=1
while [ $i -le 50 ]; do
    ok "class $i has a row that ran" grep -qx $i "$work/ran"
    i=$((i + 1))
done
bad=$(grep -c '^bad-' "$work/recipes") good=$(grep -c '^good-' "$work/recipes")
ok "bad to good recipes: $bad : $good, less than 3 : 1" [ "$bad" -ge $((3 * good)) ]
ok "no two recipes have one name" [ -z "$(sort "$work/recipes" | uniq -d)" ]
ok "no two recipes are the same bytes" [ -z "$(forge --digests | cut -f4 | sort | uniq -d)" ]
echo "classes: $(sort -u "$work/ran" | wc -l), rows: $(wc -l <"$work/ran"), recipes bad : good = $bad : $good"
finish
