# SPDX-License-Identifier: MIT
# The drop-in scripts on real images: what me_cleaner and ifdtool were seen to write, and Debian's ifdtool run beside.
. "$(dirname "$0")/../lib.sh"
[ -x "$MEKIT_SHARED/check/compose" ] || skip "beside: no reference material (../shared/check)"
[ "$MEKIT_SANITIZED" = ON ] && skip "beside: done by the release build"
command -v python3 >/dev/null || skip "beside: needs python3"
real=$(PATH=/usr/sbin:/usr/bin:/sbin:/bin command -v ifdtool || :)
cd "$work" || exit 2
"$MEKIT_SHARED/check/compose" dumps >/dev/null || exit 2
scripts=$tools/compat
digest() { sha256sum <"$1" | cut -c 1-64; }

# Every option of the goldens, on full dumps and on regions; where lists are given, me_cleaner's own bytes are asked for.
tail -n +2 "$MEKIT_SHARED/goldens/me_cleaner.tsv" | awk -F'\t' '$5 ~ /same$/ && ($2 == "bare" || $4 != "-")' >rows
while IFS="$(printf '\t')" read -r image kind _ options expect whole me fd; do
    rm -f out me fd
    file=dumps/$image.bin
    [ "$kind" = full ] || file=$MEKIT_SHARED/images/$image.bin
    [ "$options" != - ] || options=''
    [ "$expect" = same ] || options="$options --force"
    # shellcheck disable=SC2086
    "$scripts/me_cleaner" --like-me_cleaner $options -O out "$file" >/dev/null 2>&1
    ok "$image: $options" [ "$(digest out)" = "$whole" ]
    [ "$me" = - ] || ok "$image: $options: the ME" [ "$(digest me)" = "$me" ]
    [ "$fd" = - ] || ok "$image: $options: the descriptor" [ "$(digest fd)" = "$fd" ]
done <rows
# M1 is mekit's unless the old bytes are asked for.
mfs() { dd if="$1" bs=4096 skip=$(($2 / 4096)) count=1 status=none | tr -d '\377' | wc -c; }
"$scripts/me_cleaner" -w MFS -O own dumps/x210-8m.bin >/dev/null 2>words
ok "-w MFS on ME 11.8 says what it does" says words 'like-me_cleaner'
"$scripts/me_cleaner" --like-me_cleaner -w MFS -O theirs dumps/x210-8m.bin >/dev/null 2>words
me=$((0x$(fpt-dump --layout dumps/x210-8m.bin | grep ' me' | cut -c 1-8)))
ok "MFS's first bytes are kept" [ "$(mfs own $((me + 0xA8000)))" -gt 0 ]
ok "and wiped where that is asked for" [ "$(mfs theirs $((me + 0xA8000)))" -eq 0 ]

[ -n "$real" ] || { echo "SKIPPED: beside: no ifdtool (Debian's coreboot-utils)"; finish; }
# beside OPTION...: both on a copy; every file that the real one leaves, and its status
beside() {
    rm -rf real own
    mkdir real own
    cp "$dump" real/rom
    cp "$dump" own/rom
    # shellcheck disable=SC2086
    (cd real && "$real" $platform "$@" rom >../told 2>&1; echo $? >status)
    # An option that it does not know or that lacks its value is usage there, with status 0: a failure here.
    ! grep -q 'option -- \|option requires\|argument -- ' told || echo 1 >real/status
    # shellcheck disable=SC2086
    (cd own && "$scripts/ifdtool" $platform "$@" rom >/dev/null 2>&1; echo $? >status)
    ok "$dump $platform $*" diff -r real own
}
while read -r name platform; do
    dump=$PWD/dumps/$name.bin
    rm -rf parts
    me-extract -q --all parts "$dump"
    head -c 65536 parts/flashregion_1_bios.bin >small
    for o in -u '-O rom -u' -x -e '-S 2 -V 0x55' '-f layout'; do
        # shellcheck disable=SC2086
        beside $o
    done
    beside -i "BIOS:$work/parts/flashregion_1_bios.bin"
    beside -i "ME:$work/parts/flashregion_2_intel_me.bin"
    beside -i "BIOS:$work/small"
    beside -M 1
done <<'ROWS'
x230-12m
x220-8m
t440p-12m
x201-8m
minnowmax-8m
eve-16m -p sklkbl
caroline-16m -p sklkbl
ROWS
for name in x230-12m x220-8m; do
    dump=$PWD/dumps/$name.bin platform=''
    for o in -l -lr '-D 16' '-s 33' '-D 8 -C 2'; do
        # shellcheck disable=SC2086
        beside $o
    done
done
# Options in all their forms, and what is wrong with them: the same files and the same status.
dump=$PWD/dumps/x230-12m.bin platform=''
rm -rf parts
me-extract -q --all parts "$dump"
while read -r o; do
    # shellcheck disable=SC2086
    beside $o
done <<ROWS
--dump
--extract
--unlock
-l -r
-rl
--lock --read
-r
-r -u
-eu
-e -l
-s 20
-s 48
-s 50
-s 17
-s 25
-s33
--spifreq=33
--spifreq 33
--spif 33
-s 20 -e
-s 33 -u
-s abc
-s
-D 8
-D8
--density=8
-D 0
-D 64
-D 3
-D 8 -C 1
-D 8 -C 0
-D 8 -C 3
-D 8 --chip=2
-C 1
-D 16 -u
-D 16 -d
-M 0
-M 2
-M
--altmedisable=1
--altm 1
-S 0x3 -V 55
-S 3
-S 99 -V 1
-V 3
-O out
-O out -u
-Oout -u
--output=out -u
--output out -u
-u rom
-u -l
-l -u
-d -x
-d -f layout
-flayout
--layout=layout
--layout nowhere/layout
-t
-p vax -d
-p vax -u
-p sklkbl -d
-h
-?
-v
-u --
--
-i me:$work/parts/flashregion_2_intel_me.bin
-i gbe:$work/parts/flashregion_3_gbe.bin
-i Descriptor:$work/parts/flashregion_0_flashdescriptor.bin
-i Platform:$work/parts/flashregion_3_gbe.bin
-i EC:$work/parts/flashregion_3_gbe.bin
-i ME:nowhere
-i ME
-i GbE:$work/parts/flashregion_1_bios.bin
--inject=GbE:$work/parts/flashregion_3_gbe.bin
-n nowhere
ROWS
# 4.15 knows neither: it shows its usage, and leaves no file either.
for o in '-T 0x10000' -E; do
    # shellcheck disable=SC2086
    beside $o
    ok "$o is refused by name" sh -c "'$scripts/ifdtool' $o '$dump' 2>&1 | grep -q -- 'ifd-set --strap'"
done
# The lines of -d that scripts know.
for name in x230-12m t440p-12m; do
    "$real" -d "dumps/$name.bin" 2>/dev/null | grep -E "^(FLREG|FLMSTR|FLCOMP|FLILL|FLPB|  .*(Access|Clock Frequency|Support|Instruction [0-9]):)" >lines
    "$scripts/ifdtool" -d "dumps/$name.bin" >shown
    while IFS= read -r line; do ok "$name -d: $line" grep -qxF "$line" shown; done <lines
    "$real" -d "dumps/$name.bin" 2>/dev/null | grep -E '^  Flash Region' >lines
    while IFS= read -r line; do ok "$name -d: $line" grep -qxF "$line" shown; done <lines
done
# Version 4.15 reads densities of Lynx Point by the bits of Panther Point.
"$scripts/ifdtool" -d dumps/t440p-12m.bin >shown
ok "t440p-12m -d: 8 and 4 MiB" [ "$(grep -cE '^  Component (1 Density: *8MB|2 Density: *4MB)$' shown)" -eq 2 ]
finish
