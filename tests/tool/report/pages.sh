# SPDX-License-Identifier: MIT
# Man pages and completions say what --help and the tables of the library say, and are well-formed.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lib.sh"
root=$here/../../..
cd "$work" || exit 2
has_exit 0 "pages are made" sh "$root/tools/man/make" "$tools" made 1.2.3
for tool in $all; do
    "$tool" --help | grep -oE '^ +(-[A-Za-z0-9](, )?)?( *--[a-z0-9_-]+)?' | tr ', ' '\n\n' | grep . | sort -u >options
    while read -r option; do
        ok "$tool.1 has $option" grep -qF -- "$(printf %s "$option" | sed 's/-/\\-/g')" "made/man1/$tool.1"
        case $option in
            --*) fish="-l ${option#--}" ;;
            *) fish="-s ${option#-}" ;;
        esac
        ok "fish: $tool $option" grep -q -- " $fish " "made/fish/$tool.fish"
        ok "zsh: $tool $option" grep -qE -- "'$option(=-?)?\[" "made/zsh/_$tool"
    done <options
    if command -v bash >/dev/null; then
        bash -c '. "$1"; COMP_WORDS=(x -); COMP_CWORD=1; _mekit_${2//-/_}; printf "%s\n" "${COMPREPLY[@]}"' x \
            "made/bash/$tool" "$tool" | sort -u >completed
        ok "bash: $tool completes its options and no other" is_same completed options
    fi
    for shell in zsh fish; do
        command -v $shell >/dev/null && ok "$shell reads the completions of $tool" $shell -n made/$shell/*"$tool"*
    done
    ok "$tool.1 has its version" grep -q 'mekit 1\.2\.3' "made/man1/$tool.1"
    ok "$tool.1 has no mark left" [ -z "$(grep -o '@[A-Z]*@' "made/man1/$tool.1")" ]
done
for option in --json --undo --pass --codebook; do
    ok "mekit(7) has $option" grep -qF -- "$(echo "$option" | sed 's/-/\\-/g')" made/man7/mekit.7
done

# The findings of mekit(7) are those of the table, each with what it blocks and what to do.
awk '/^\.SH/ {on = /FINDINGS/} on' made/man7/mekit.7 | sed 's/\\-/-/g' |
    awk '/^\.TP/ {if (s) print s; s = ""; next} /^\.SH/ {next} {sub(/^\.B /, ""); s = s (s ? " " : "") $0} END {print s}' |
    grep -E '^[a-z-]+ (Damage|Warning|Note); ' >said
tab=$(printf '\t')
"${MEKIT_BUILD:-$tools/..}/tests/tool/probe/findings" >table
ok "the table has findings" [ "$(wc -l <table)" -gt 30 ]
ok "mekit(7) has as many findings as the table" [ "$(wc -l <said)" -eq "$(wc -l <table)" ]
while IFS= read -r row; do
    id=$(echo "$row" | cut -f1)
    severity=$(echo "$row" | cut -f2 | sed 's/d\(amage\)/D\1/; s/w\(arning\)/W\1/; s/n\(ote\)/N\1/')
    accept=$(echo "$row" | cut -f4)
    head="$id $severity; blocks $(echo "$row" | cut -f3)${accept:+; $accept}."
    grep -F "$head " said >entry
    ok "mekit(7): $head" [ "$(wc -l <entry)" -eq 1 ]
    next=$(echo "$row" | cut -f5)
    ok "mekit(7): what to do about $id" sh -c 'grep -qF -- "$1" "$2"' x "$next" entry
done <table
ok "tabs separate the fields of the table" grep -q "$tab" table
"${MEKIT_BUILD:-$tools/..}/tests/tool/probe/findings" operations >operations
ok "there are operations" [ "$(wc -l <operations)" -gt 5 ]
sed -n '/"blocks": {/,/}/s/.*"enum": \[\(.*\)\].*/\1/p' "$root/tools/schema/common.json" | tr -d '" ' | tr , '\n' >schema
ok "the schema has the same operations" is_same operations schema

# The keys of each kind of document are those of its schema, all of them and no other; those in braces it has too. An
# entry's first sentence lists them.
document_keys() {
    awk '/^  "properties": {/ {on = 1; next} /^  }/ {on = 0} on && /^    "/' "$root/tools/schema/$1.json" |
        sed 's/^    "\([a-z0-9_]*\)".*/\1/' | grep -vx -e schema -e tool -e version | sort
}
entry_of() { # PAGE HEAD
    sed 's/\\-/-/g' "made/man${1##*.}/$1" | awk -v head=".B $2" '/^\.SH/ {json = /JSON/; on = 0} $0 == head && json {on = 1; next}
        /^\./ {on = 0} on' | tr '\n' ' ' | sed 's/\. .*//; s/\.$//'
}
while IFS='|' read -r kind page head; do
    entry_of "$page" "$head" >entry
    sed ':a; s/ *[[{(][^][{}()]*[])}]//g; ta' entry | tr ',' '\n' | tr -d ' ' | sort >said
    document_keys "$kind" >keys
    ok "$kind: the schema has keys" [ -s keys ]
    ok "$page has the keys of $kind: $(diff keys said | grep '^[<>]' | tr '\n' ' ')" is_same keys said
    for key in $(grep -oE '[{][^}]*' entry | tr -c 'a-zA-Z0-9_' ' '); do
        ok "$page: $kind has $key" grep -q "\"$key\": " "$root/tools/schema/$kind.json" "$root/tools/schema/common.json"
    done
    echo "$kind" >>described
done <<'KINDS'
filter|mekit.7|filters
rsa-check|mekit.7|rsa-check
rsa-check-reads|mekit.7|several FILEs
failure|mekit.7|a run that failed
undo-record|mekit.7|undo record
fpt-dump|fpt-dump.1|the image
fpt-dump-diff|fpt-dump.1|--diff
fpt-dump-settings|fpt-dump.1|--settings
fpt-dump-support|fpt-dump.1|--support
me-extract-files|me-extract.1|--all, --all-modules, --mfs
me-extract-scan|me-extract.1|--scan
KINDS
for schema in "$root"/tools/schema/*.json; do
    kind=$(basename "$schema" .json)
    [ "$kind" = common ] || ok "a page describes $kind" grep -qx "$kind" described
done

# What is checked of a signature, and what a build needs, is what the sources say.
tr -s ' \n' '  ' <made/man1/rsa-check.1 | sed 's/\\-/-/g' >said
grep -oE '"[a-z0-9]+-sha[0-9]+"' "$root/lib/codec/rsa.c" | tr -d '"' |
    sed 's/^pkcs1v15-/PKCS#1 v1.5-/; s/^pss/PSS/; s/sha/SHA=/' | tr '-' '\n' | tr = - | sort -u >schemes
ok "rsa.c names its schemes" [ "$(wc -l <schemes)" -ge 5 ]
while read -r word; do
    ok "rsa-check(1) names $word" grep -qF -- "$word" said
done <schemes
sed -n '/^Needs /,/[.] [A-Z]/p' "$root/README.md" >said
generator=$(sed -n 's/.*"generator": "\([^"]*\)".*/\1/p' "$root/CMakePresets.json")
ok "README needs $generator, which the presets name" grep -qw -- "${generator:-none}" said

# The migration page lists every platform of the table.
sed 's/\\-/-/g' made/man7/mekit-migration.7 | tr -s ' \n' '  ' >migration
for name in $(grep -oE '\{"[a-z0-9-]+", ' "$root/lib/format/descriptor/platform.c" | tr -d '{", ' | sort -u); do
    ok "mekit-migration(7) has the platform $name" grep -qw -- "$name" migration
done

# DIFFERENCES.md names tests that exist.
awk -F'|' 'NF > 5 && !/test \|$/ && !/^\|---/ {print $(NF - 1)}' "$root/DIFFERENCES.md" | tr ', ' '\n\n' | grep . | sort -u >named
ok "DIFFERENCES.md names tests" [ "$(wc -l <named)" -gt 10 ]
while read -r name; do
    ok "the test $name exists" [ -n "$(find "$root/tests/tool" "$root/tests/unit" -name "$name.sh" -o -name "$name.c")" ]
done <named

for page in made/man*/*; do
    if command -v mandoc >/dev/null; then
        mandoc -Tlint "$page" >lint 2>&1
        ok "mandoc: $page: $(head -n 1 lint)" is_empty lint
    fi
    if command -v groff >/dev/null; then
        groff -man -t -ww -z "$page" >lint 2>&1
        ok "groff: $page: $(head -n 1 lint)" is_empty lint
    fi
done
finish
