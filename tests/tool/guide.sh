# SPDX-License-Identifier: MIT
# The guide that people follow, with flashrom's dummy programmer as the chip: read twice, compare, check,
# unlock, strip, relocate, write, verify, read back. For a dump of both chips and for the bottom one.
. "$(dirname "$0")/lib.sh"
PATH=$PATH:/usr/sbin
command -v flashrom >/dev/null || skip "guide: flashrom is not installed"
cd "$work" || exit 2

guide() { # recipe
    forge "$1" chip.img
    cp chip.img stock.img
    size=$(wc -c <chip.img)
    programmer="dummy:emulate=VARIABLE_SIZE,size=$size,image=chip.img"
    has_exit 0 "$1: read" flashrom -p "$programmer" -r down.rom
    has_exit 0 "$1: read again" flashrom -p "$programmer" -r again.rom
    has_exit 0 "$1: the reads agree" rsa-check down.rom again.rom
    has_exit 0 "$1: the whole job" sh -c 'rsa-check --pass down.rom | ifd-unlock | me-strip -S -d |
        me-relocate | tee clean.rom | me-extract -t >me.rom'
    ok "$1: the same size" [ "$(wc -c <clean.rom)" -eq "$size" ]
    ok "$1: ME is small" [ "$(wc -c <me.rom)" -lt 131072 ]
    has_exit 0 "$1: write from a pipe" sh -c "cat clean.rom | flashrom -p $programmer -w -"
    has_exit 0 "$1: verify" flashrom -p "$programmer" -v clean.rom
    has_exit 0 "$1: read back" flashrom -p "$programmer" -r back.rom
    ok "$1: what was written is there" is_same back.rom clean.rom
    has_exit 0 "$1: still signed" rsa-check back.rom
    fpt-dump back.rom >dump
    ok "$1: stripped" says dump 'stripped, relocated, soft-disabled'
    ok "$1: BIOS is as it was" [ "$(tail -c 3145728 back.rom | sha256sum)" = "$(tail -c 3145728 stock.img | sha256sum)" ]
    has_exit 0 "$1: layout" sh -c 'fpt-dump --layout back.rom >layout'
    has_exit 0 "$1: flashrom takes the layout" flashrom -p "$programmer" -l layout -i me -r part.rom
    has_exit 3 "$1: a failed filter gives flashrom nothing" sh -c 'head -c 100 down.rom | me-strip >bad.rom'
    ok "$1: nothing" is_empty bad.rom
}
guide good-x230-12m
guide good-x230-bottom
finish
