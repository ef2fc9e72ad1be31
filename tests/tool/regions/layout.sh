# SPDX-License-Identifier: MIT
# ifd-layout: regions move with their contents, there and back; what would lose bytes is refused.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
for r in good-full-me8 good-full-me7 good-full-me10 good-full-me11 good-full-txe1 good-full-gbe-between good-x230-bottom \
    good-ifd-x230 good-me8 good-dump-apl; do forge $r "$r"; done

# ME shrunk and BIOS grown is what --reclaim gives; and back
for image in good-full-me8 good-full-me7 good-full-me10 good-full-me11 good-full-txe1; do
    me-strip -q --wipe-shared $image | me-relocate -q >small || continue
    me-relocate -q --reclaim small >reclaimed
    fpt-dump --layout reclaimed >new
    fpt-dump --layout small >old
    has_exit 0 "$image: shrunk" ifd-layout -q --layout new small
    ok "$image: as --reclaim" is_same out reclaimed
    has_exit 0 "$image: and back" ifd-layout -q --layout old reclaimed
    ok "$image: the same image" is_same out small
done
me-strip -q --wipe-shared good-full-me8 | me-relocate -q >small
# GbE behind the ME: 0x2000 bytes go up, the ME down
fpt-dump --layout small >old
me-extract -q --all parts small
has_exit 0 "regions change places" ifd-layout --undo-record u -o moved me=1000-9fff gbe=a000-bfff bios=f000-1ffff small
me-extract -q --all now moved
ok "GbE's bytes" is_same now/flashregion_3_gbe.bin parts/flashregion_3_gbe.bin
ok "BIOS's bytes" is_same now/flashregion_1_bios.bin parts/flashregion_1_bios.bin
ok "the ME's bytes" cmp -s -n 36864 now/flashregion_2_intel_me.bin parts/flashregion_2_intel_me.bin
has_exit 0 "the moved ME boots" rsa-check -q moved
has_exit 0 "undo" ifd-layout -q --undo u moved
ok "gives the input back" is_same out small
has_exit 0 "by a layout" ifd-layout -q --layout old moved
ok "and back" is_same out small
has_exit 0 "--print" ifd-layout --print me=3000-9fff small
ok "tells the new layout" grep -qx '00003000:00009fff me' out
has_exit 0 "a region that is there" ifd-layout me=3000-efff small
ok "changes nothing" is_same out small
printf '# a comment\r\n\n 0x3000:0x9fff  me # more\n00fff000:00000fff pd\n' >odd
has_exit 0 "comments, 0x, unused regions" ifd-layout -q --layout odd small
has_exit 0 "a lone descriptor" ifd-layout -q me=3000-2fffff good-ifd-x230
has_exit 0 "a first chip's own layout" sh -c "fpt-dump --layout -q good-x230-bottom >b; ifd-layout -q --layout b good-x230-bottom"
ok "is no change" is_same out good-x230-bottom

# FLREG3 of 0 is no region of one block at 0
ifd-insert -q --blank gbe -o zero good-full-me8
printf '\0\0\0\0' | dd of=zero bs=1 seek=76 conv=notrunc 2>/dev/null
has_exit 0 "a region whose word was 0" ifd-layout --json=plan -o put gbe=1000-2fff zero
grep -A 12 '"name": "FLREG3"' plan >flreg3
ok "had no place before" says flreg3 '"before": null'
ok "has one after" says flreg3 '"after": { "offset": 4096, "size": 8192 }'

refuse() {
    has_exit "$@"
    ok "$2: nothing is written" is_empty out
}
refuse 5 "an ME that is not stripped" ifd-layout me=3000-9fff good-full-me8
ok "both sizes are told" says err '0xc000 to 0x7000'
refuse 5 "shrink over live data" ifd-layout bios=10000-1ffff small
refuse 5 "overlap" ifd-layout bios=e000-1ffff small
refuse 5 "BIOS off the end" ifd-layout bios=10000-1efff small
refuse 5 "beyond the chip" ifd-layout --size 128K pd=20000-20fff small
refuse 5 "a region with data that goes" ifd-layout gbe=none small
refuse 5 "no descriptor region" ifd-layout fd=none small
refuse 5 "a slot that is not there" ifd-layout ec=9000-9fff me=3000-8fff small
refuse 2 "odd alignment" ifd-layout me=3001-9fff small
refuse 2 "an unknown region" ifd-layout attic=3000-9fff small
refuse 2 "the same region twice" ifd-layout me=3000-9fff me=3000-8fff small
refuse 2 "no layout" ifd-layout small
refuse 2 "a layout of noise" ifd-layout --layout small small
refuse 2 "no number" ifd-layout me=x-y small
refuse 2 "a number too long" ifd-layout me=3000-1000000000 small
refuse 2 "no such layout" ifd-layout --layout nowhere small
refuse 4 "no descriptor" ifd-layout me=3000-9fff good-me8
refuse 5 "the engine in the BIOS region" ifd-layout bios=2000-1ffff good-dump-apl
finish
