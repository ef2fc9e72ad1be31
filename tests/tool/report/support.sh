# SPDX-License-Identifier: MIT
# What fpt-dump --support says is what the tools do: each row of firmware is tried on a forged image of it, each strap that
# is said to be written is.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
has_exit 0 "--support" fpt-dump --support
cp out support
has_exit 0 "--support needs no input" sh -c 'fpt-dump --support <&-'
{ sleep 0.2 && fpt-dump --support 2>err; } | true
ok "--support ends with the pipe, and says nothing" is_empty err
has_exit 0 "--support --json" fpt-dump --support --json
ok "JSON has firmware and platforms" sh -c 'grep -q "\"firmware\"" out && grep -q "\"platforms\"" out'
has_exit 2 "--support --json=FILE where none can be" fpt-dump --support --json=nowhere/report.json
ok "no line over 80 columns" [ -z "$(grep -E '.{81}' support)" ]
forge good-x230-12m image
fpt-dump -v image >words
ok "-v has the evidence of the strap" says words "evidence: strap: set on heads' and Purism's boards; seen in 16 descriptors"
ok "--support has how many were seen" says support 'n = 34; set on nv4x_adl and vault_adl_p'
ok "--support shows what is disputed" says support 'disputed, never written: HAP in PCHSTRP56 bit 16 (ICX-D)'
forge good-ifd-cnl image.icl
has_exit 0 "a platform with disputed rows alone" fpt-dump --platform=icl image.icl
ok "both are shown" says out 'disputed, never written: HAP (PCH strap 56, ICX-D)'
has_exit 5 "neither is written" me-strip -s --platform=icl image.icl
ok "-v has the evidence of the platform" says words 'evidence: platform cougarpoint: 16 descriptors'

# What the tools do with an image, in the words of the table.
strip_of() {
    if ! me-strip -q -o stripped "$1" 2>/dev/null; then
        me-strip -q --force -o stripped "$1" 2>/dev/null && echo force || echo no
    elif [ "$(me-extract -q --region me stripped | tr -d '\377' | wc -c)" -eq 0 ]; then
        echo whole
    else echo yes; fi
}
relocate_of() { # after strip_of
    [ -e stripped ] || cp "$1" stripped
    for force in '' --force; do
        # shellcheck disable=SC2086
        if me-relocate -q $force -o moved stripped 2>/dev/null && is_different moved stripped; then
            [ -z "$force" ] && echo yes || echo force
            return
        fi
    done
    echo no
}
disable_of() {
    me-strip -s -o set "$1" >words 2>&1 || {
        [ "$2" = disputed ] && echo disputed || echo none
        return
    }
    grep -oE 'HAP|AltMeDisable|MeDisable' words | head -n 1
}
try() { # FIRMWARE RECIPE [RECIPE for strip and relocate]
    row=$(awk -v name="$1" 'index($0, "  " name "  ") == 1' support)
    ok "there is one row for $1" [ "$(echo "$row" | grep -c .)" -eq 1 ]
    set -- "$1" "$2" $(echo "$row" | sed "s/^  $1 *//")
    rm -f stripped moved
    forge "$2" image
    ok "$1: shown" fpt-dump -q image
    says=$(rsa-check -q image >/dev/null 2>&1 && echo yes || echo no)
    ok "$1: verify $3" [ "$says" = "$3" ]
    did=$(strip_of image)
    ok "$1: strip $5, not $did" [ "$did" = "$5" ]
    did=$(relocate_of image)
    [ "$5 $6" = 'force force' ] || ok "$1: relocate $6, not $did" [ "$did" = "$6" ]
    fpt-dump -q --layout image >layout 2>/dev/null || return # straps are in a descriptor
    did=$(disable_of image "$7")
    ok "$1: disable $7, not $did" [ "$did" = "$7" ]
}
try 'ME 2-5' good-full-ich9
try 'ME 6 Ignition' good-full-ignition
try 'ME 6-10' good-full-me6
try 'ME 6-10' good-full-me8
try 'ME 6-10' good-full-me10
try 'ME 11' good-full-me11
try 'TXE 1-2' good-full-txe1
try 'SPS 2-4' unsupported-sps3
try 'TXE 3-4' good-dump-apl
try 'CSME 12-16' good-dump-csme16
try 'CSME 18' good-csme18
try 'GSC' good-gsc
try 'HuC, IPU, ADSP' good-huc
try 'HuC, IPU, ADSP' good-ipu6
try 'HuC, IPU, ADSP' good-adsp

# Each platform that has a forged descriptor: a strap is written where one stands that is not disputed, and nowhere else.
for name in $(sed -n 's/^  \([a-z0-9-]*\)  *[^ ].*/\1/p' support | sed '1,/^disable$/d'); do
    forge "good-ifd-$name" image 2>/dev/null || continue
    awk -v name="$name" '/^  [a-z]/ {on = $1 == name} on' support >of
    if grep -q 'STRP[0-9]* bit' of && ! grep -q disputed of; then
        me-strip -s -o set image >words 2>&1
        number=$(sed -n 's/.*PCH strap \([0-9]*\)[: ].*/\1/p' words | head -n 1)
        ok "$name: strap ${number:-none} is one of its rows" grep -q "PCHSTRP${number:-none} bit" of
    elif grep -q disputed of; then
        has_exit 5 "$name: disputed, so not written" me-strip -s image
    fi
done
finish
