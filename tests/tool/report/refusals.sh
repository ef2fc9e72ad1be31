# SPDX-License-Identifier: MIT
# A refusal with --json is one document that tools/schema accepts, in FILE and on the stream, and nothing else comes out:
# of every tool in every mode. refusals.tsv has a row for each option that a tool has for itself, and the rows of
# findings.tsv say which findings stop which filter.
. "$(dirname "$0")/../lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
rows=$here/refusals.tsv findings=$here/../findings/findings.tsv
tab=$(printf '\t')
cd "$work" || exit 2
python3 -c 'import jsonschema' 2>/dev/null || skip "refusals: no python3-jsonschema (tests/setup --all installs it)"
mkdir forged one row

# What the rows name beside `in`.
mkdir beside
forge bad-text beside/text
forge good-full-me8 beside/whole
me-strip -q --undo-record beside/record -o stripped beside/whole
gzip -n <beside/whole >beside/packed
cp beside/whole beside/other && printf x | dd of=beside/other bs=1 seek=70000 conv=notrunc 2>/dev/null
head -c 100000 beside/whole >beside/short
: >beside/in

# Where a document goes that has no FILE: to the stream of the reports. From there it is moved.
stream_of() {
    case $1 in
        fpt-dump* | rsa-check*) case $1 in *--pass*) echo err ;; *) echo out ;; esac ;;
        *) echo err ;;
    esac
}

# refusal STATUS KIND RECIPE COMMAND: leaves one/NUMBER.KIND
n=0
refusal() {
    status=$1 kind=$2 recipe=$3 command=$4
    [ -e "forged/$recipe" ] || forge "$recipe" "forged/$recipe"
    for json in --json=report --json; do
        rm -rf row && cp -r beside row && cp "forged/$recipe" row/in && n=$((n + 1))
        # shellcheck disable=SC2086
        (cd row && ${command%% *} $json ${command#* } >../out 2>../err </dev/null)
        got=$?
        ok "$command of $recipe, $json: exit $got, not $status: $(tail -n 1 err)" [ "$got" -eq "$status" ]
        if [ $json = --json ]; then mv "$(stream_of "$command")" "one/$n.$kind"; else
            mv row/report "one/$n.$kind" 2>/dev/null
            cat out err >words
            ok "$command of $recipe: the reason in words" [ -s words ]
        fi
        ok "$command of $recipe, $json: a document" [ -s "one/$n.$kind" ]
        case $kind in failure) ok "$command of $recipe, $json: nothing else comes out" [ ! -s out ] ;; esac
        ok "$command of $recipe, $json: no file is left" [ "$(ls row)" = "$(ls beside)" ]
    done
}
while IFS=$tab read -r status kind recipe command; do
    case $status in '#'* | '') continue ;; esac
    refusal "$status" "$kind" "$recipe" "$command"
done <"$rows"
ok "refusals were tried" [ "$n" -gt 150 ]

# The option of a row's tool stands in one of its rows, by its letter or its name.
for tool in $all; do
    cut -f4 "$rows" | grep "^$tool " | tr ' =' '\n\n' | sort -u >words
    own_options "$tool" | sed 's/\[*=*$//; s/, /|/' | grep -vx -- --support >own
    ok "$tool has options" [ -s own ]
    while read -r option; do
        ok "$tool $option: a row" grep -qxE -- "$option" words
    done <own
done

# Each finding that stops a filter.
while IFS=$tab read -r id _ status _ _ recipe _ cells; do
    case $id in '#'* | '') continue ;; esac
    for filter in 'ifd-unlock in' 'me-strip -s in' 'me-strip in' 'me-relocate in' 'me-relocate --reclaim in' 'me-extract in'; do
        case $cells in no*) refusal "$status" failure "$recipe" "$filter" ;; esac
        cells=${cells#*"$tab"}
    done
done <"$findings"

# Several FILEs: a document each, then one that tells why nothing was voted.
several() { # STATUS CODE FILES
    for json in --json=report --json; do
        # shellcheck disable=SC2086
        (cd beside && rsa-check $json --vote voted $3 >../out 2>../err)
        got=$?
        ok "--vote of $3, $json: exit $got, not $1" [ $got -eq "$1" ]
        ok "--vote of $3: nothing is written" [ ! -e beside/voted ]
        ok "--vote of $3: the reason in words" [ -s err ]
        [ $json = --json ] || mv beside/report out
        ok "--vote of $3, $json: the reason" grep -q "\"code\": \"$2\"" out
        python3 "$here/../../schema.py" "$here/../../../tools/schema" rsa-check-reads out >problems 2>&1
        ok "--vote of $3, $json: $(head -n 1 problems)" [ $? -eq 0 ]
    done
}
several 3 UNKNOWN 'whole whole text'
several 3 TRUNCATED 'whole whole short'
several 1 DIFFERENT 'whole whole other other'

for kind in failure rsa-check me-extract-scan; do
    python3 "$here/../../schema.py" "$here/../../../tools/schema" "$kind" one/*."$kind" >out 2>&1
    ok "$kind: $(head -n 3 out)" [ $? -eq 0 ]
done
finish
