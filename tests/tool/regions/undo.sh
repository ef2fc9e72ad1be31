# SPDX-License-Identifier: MIT
# Undo: what each edit changes in each real descriptor comes back byte for byte, with a flash around it and without.
. "$(dirname "$0")/../lib.sh"
images=$MEKIT_SHARED/images
[ -d "$images" ] || skip "undo: no reference images (../shared/images)"
[ "$MEKIT_SANITIZED" = ON ] && skip "undo: done by the release build"
cd "$work" || exit 2
yes mekit | head -c 5000 >part
edited=0

# comes_back FILE TOOL OPTION...: an edit that is refused has nothing to give back
comes_back() {
    image=$1
    shift
    "$@" -q --undo-record record "$image" >new 2>err || return 0
    cmp -s new "$image" || edited=$((edited + 1))
    has_exit 0 "$name: $*: undo" "$1" -q --undo record new
    ok "$name: $*: the same again" is_same out "$image"
}

# must_come_back: an edit that no descriptor with these regions refuses
must_come_back() {
    before=$edited
    comes_back "$@"
    shift
    ok "$name: $*: an edit" [ "$edited" -gt "$before" ]
}

# with_flash FILE: the descriptor, and FF up to the end of its last region
with_flash() {
    end=$((0x$(sed 's/^[0-9a-f]*:\([0-9a-f]*\) .*/\1/' layout | sort | tail -n 1) + 1))
    { cat "$1" && head -c "$end" /dev/zero | tr '\0' '\377'; } | head -c "$end"
}

for source in "$images"/ifd-*.bin "$images"/fd-*.img; do
    name=${source##*/} file=descriptor
    fpt-dump -q --layout "$source" >layout 2>err || continue
    # What lies behind the descriptor in some files is left out; Meteor Lake's have 16 KiB.
    size=$(wc -c <"$source")
    [ "$size" -eq 16384 ] || size=4096
    head -c "$size" "$source" >$file
    # fields
    for o in '--em100' '--spi-clock 33' '--chips 2 --density 16M' '--clear-vscc' '--clear-gpr0' '--strap 0=0x12345678'; do
        # shellcheck disable=SC2086
        comes_back "$file" ifd-set $o
    done
    comes_back "$file" me-strip -s
    comes_back "$file" me-strip --clear-soft-disable
    comes_back "$file" ifd-unlock
    for o in --lock '--lock --host-read-me' --host-only; do
        # shellcheck disable=SC2086
        comes_back "$file" ifd-unlock $o
    done
    # regions: one goes, all of them at once, BIOS begins later
    regions=$(sed -n 's/.* //p' layout | grep -vx fd)
    set --
    for region in $regions; do
        [ "$region" != bios ] || continue
        must_come_back "$file" ifd-layout "$region=none"
        set -- "$@" "$region=none"
    done
    [ $# -le 1 ] || must_come_back "$file" ifd-layout "$@"
    bios=$(sed -n 's/ bios$//p' layout)
    [ -z "$bios" ] || must_come_back "$file" ifd-layout "bios=$(printf '%x' $((0x${bios%:*} + 0x10000)))-${bios#*:}"
    # what is in them: the last one, which is not empty, is blanked
    with_flash "$file" >flash
    last=${regions##*[!a-z0-9_]}
    dd if=part of=flash conv=notrunc bs=4096 seek=$((0x$(sed -n "s/:.* $last\$//p" layout) / 4096)) status=none
    set -- --blank "$last"
    for region in $regions; do [ "$region" = "$last" ] || set -- "$@" "$region=part"; done
    must_come_back flash ifd-insert "$@"
done
ok "hundreds of edits" [ "$edited" -gt 400 ]
echo "$edited edits came back"
finish
