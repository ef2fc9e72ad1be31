# SPDX-License-Identifier: MIT
# ifd-insert: what is put into a region, what is refused, and that nothing else changes.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
for r in good-full-me8 good-full-me7 good-full-me11 good-full-gbe-between good-x230-bottom good-dump-apl bad-signature \
    good-me8 good-ifd-x230 good-ifd-tgl; do forge $r "$r"; done
forge good-dump-csme16 csme16
me-extract -q --all parts good-full-me8
me-extract -q --all other good-full-me7

# there and back: what was extracted, inserted, is the same image
for image in good-full-me8 good-full-me7 good-full-me11 good-full-gbe-between csme16 good-dump-apl; do
    rm -rf all
    me-extract -q --all all $image
    for part in all/*; do
        number=${part#all/flashregion_}
        name=$(echo fd bios me gbe pd | cut -d' ' -f$((${number%%_*} + 1)))
        has_exit 0 "$image: $name" ifd-insert -q "$name=$part" $image
        ok "$image: $name gives the same image" is_same out $image
    done
done

# a new ME, alone and with others; names of either kind
has_exit 0 "shorter" ifd-insert me=other/flashregion_2_intel_me.bin good-full-me8
ok "that it is filled up is said" says err 'bytes of FF at 0xc000'
mv out new
me-extract -q new >me
ok "its bytes are there" sh -c "cmp -n \$(wc -c <other/flashregion_2_intel_me.bin) me other/flashregion_2_intel_me.bin"
ok "FF follows" [ "$(tail -c 12288 me | tr -d '\377' | wc -c)" -eq 0 ]
for n in 0_flashdescriptor 1_bios 3_gbe; do
    me-extract -q --all now new
    ok "$n is as it was" is_same now/flashregion_$n.bin parts/flashregion_$n.bin
done
has_exit 0 "ifdtool's names" ifd-insert -q 'Intel ME=other/flashregion_2_intel_me.bin' good-full-me8
ok "give the same" is_same out new
has_exit 0 "undo" sh -c "ifd-insert -q --undo-record u me=other/flashregion_2_intel_me.bin good-full-me8 >x && ifd-insert -q --undo u x"
ok "gives the input back" is_same out good-full-me8
has_exit 0 "gzip" sh -c "gzip -k other/flashregion_2_intel_me.bin && ifd-insert -q me=other/flashregion_2_intel_me.bin.gz good-full-me8"
ok "is unpacked" is_same out new
head -c 5000 parts/flashregion_1_bios.bin >bios
has_exit 0 "--align-end" ifd-insert -q --align-end bios=bios good-full-me8
ok "BIOS is at the end" sh -c 'tail -c 5000 out | cmp - bios'
has_exit 0 "--blank" ifd-insert -q --blank me --blank gbe good-full-me8
ok "is FF" [ "$(me-extract -q out | tr -d '\377' | wc -c)" -eq 0 ]
has_exit 0 "--json" ifd-insert --json=plan me=other/flashregion_2_intel_me.bin good-full-me8
ok "a file's digest stands for its bytes" says plan new_sha256

# refused, with both numbers, and nothing comes out
refuse() {
    has_exit "$@"
    ok "$2: nothing is written" is_empty out
}
refuse 5 "longer than its region" ifd-insert gbe=parts/flashregion_1_bios.bin good-full-me8
ok "both sizes are told" says err '0x2000 bytes, the file for it 0x11000'
refuse 2 "an unknown region" ifd-insert attic=bios good-full-me8
refuse 2 "the same region twice" ifd-insert me=bios ME=bios good-full-me8
refuse 2 "the same region twice, blanked" ifd-insert gbe=bios --blank gbe good-full-me8
refuse 2 "nothing to do" ifd-insert good-full-me8
refuse 2 "no file" ifd-insert me=nowhere good-full-me8
refuse 5 "an unused region" ifd-insert pd=bios good-full-me8
refuse 5 "a slot that is not there" ifd-insert ec=bios good-full-me8
: >empty
refuse 3 "an empty file" ifd-insert me=empty good-full-me8
refuse 3 "a region behind the end" ifd-insert bios=bios good-x230-bottom
refuse 4 "no descriptor" ifd-insert me=bios good-me8
refuse 5 "no descriptor for fd" ifd-insert fd=bios good-full-me8
refuse 5 "a blank descriptor" ifd-insert --blank fd good-full-me8
refuse 5 "another descriptor's regions" ifd-insert fd=good-ifd-tgl good-full-me8
refuse 5 "a dump for the ME" ifd-insert me=good-ifd-x230 good-full-me8
refuse 5 "a wrong signature" ifd-insert me=bad-signature good-full-me8
refuse 2 "a part that would be replaced" ifd-insert -o bios bios=bios good-full-me8
finish
