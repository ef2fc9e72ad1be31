# SPDX-License-Identifier: MIT
# ifd-set: fields of the descriptor, and values that they can't have.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
for r in good-full-me8 good-full-me10 good-ifd-x230 good-ifd-tgl good-ifd-sklkbl good-ifd-jsl good-me8; do forge $r "$r"; done
word() { od -An -tx4 -j"$2" -N4 "$1" | tr -d ' '; }

has_exit 0 "--density" ifd-set --density 16M good-ifd-x230
ok "both chips of two" [ $((0x$(word out 48) & 0x3f)) -eq $((5 | 5 << 3)) ]
ok "the old value is told" says err "FLCOMP: chips and clocks: $(word good-ifd-x230 48) -> $(word out 48)"
has_exit 0 "--chip" ifd-set -q --density 8M --chip 2 good-ifd-x230
ok "the second alone" [ $((0x$(word out 48) & 0x3f)) -eq $((0x$(word good-ifd-x230 48) & 7 | 4 << 3)) ]
has_exit 0 "four bits from Lynx Point on" ifd-set -q --density 16M --chip both good-full-me10
ok "in their places" [ $((0x$(word out 48) & 0xff)) -eq $((0x55)) ]
has_exit 0 "--spi-clock" ifd-set -q --spi-clock 33 good-ifd-x230
ok "three fields" [ $((0x$(word out 48) >> 21 & 0x1ff)) -eq $((1 | 1 << 3 | 1 << 6)) ]
has_exit 0 "--spi-clock of the 500 series" ifd-set -q --spi-clock 33 good-ifd-tgl
ok "by its codes" [ $((0x$(word out 48) >> 21 & 0x1ff)) -eq $((3 | 3 << 3 | 3 << 6)) ]
has_exit 0 "--em100" ifd-set -q --em100 good-ifd-sklkbl
ok "17 MHz" [ $((0x$(word out 48) >> 21 & 0x3ff)) -eq $((6 | 6 << 3 | 6 << 6)) ]
has_exit 0 "--strap" ifd-set --strap 2=0x12345678 good-ifd-x230
ok "is written" [ "$(word out 264)" = 12345678 ]
ok "the old value is told" says err "$(word good-ifd-x230 264) -> 12345678"
has_exit 0 "--clear-vscc" ifd-set -q --clear-vscc good-ifd-x230
ok "VTL 0" [ $((0x$(word out 3836) >> 8 & 0xff)) -eq 0 ]
ok "the table is FF" [ "$(od -An -v -tx1 -j3568 -N8 out | tr -d ' f')" = '' ]
has_exit 0 "--chips" ifd-set -q --chips 2 --density 8M good-full-me8
ok "NC" [ $((0x$(word out 20) >> 8 & 3)) -eq 1 ]
for r in good-ifd-x230 good-ifd-tgl good-ifd-sklkbl good-full-me8; do
    for o in '--em100' '--strap 1=0xffffffff' '--clear-vscc' '--density 16M --chip both' '--clear-gpr0'; do
        # shellcheck disable=SC2086
        has_exit 0 "$r $o: undo" sh -c "ifd-set -q $o --undo-record u $r >x && ifd-set -q --undo u x"
        ok "$r $o: gives the input back" is_same out $r
    done
done

refuse() {
    has_exit "$@"
    ok "$2: nothing is written" is_empty out
}
refuse 5 "a density that the field can't have" ifd-set --density 32M good-ifd-x230
refuse 5 "no density at all" ifd-set --density 3M good-ifd-x230
refuse 5 "chips too small for the regions" ifd-set --density 1M good-ifd-x230
refuse 5 "an absent first chip" ifd-set --density none good-ifd-tgl
refuse 5 "a clock that the chip can't have" ifd-set --spi-clock 14 good-ifd-x230
refuse 5 "a platform whose codes nobody tells" ifd-set --spi-clock 33 good-ifd-jsl
refuse 5 "a strap that is not there" ifd-set --strap 250=1 good-ifd-x230
refuse 5 "--top-swap" ifd-set --top-swap 64K good-ifd-tgl
refuse 2 "nothing to do" ifd-set good-ifd-x230
refuse 2 "no size" ifd-set --density lots good-ifd-x230
refuse 2 "--chip alone" ifd-set --chip 1 good-ifd-x230
refuse 2 "two clocks" ifd-set --em100 --spi-clock 20 good-ifd-x230
refuse 2 "a strap twice" ifd-set --strap 1=1 --strap 1=2 good-ifd-x230
refuse 2 "a strap without value" ifd-set --strap 1 good-ifd-x230
refuse 2 "a value too large" ifd-set --strap 1=0x100000000 good-ifd-x230
refuse 4 "no descriptor" ifd-set --em100 good-me8
finish
