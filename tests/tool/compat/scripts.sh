# SPDX-License-Identifier: MIT
# The drop-in scripts: every call of users' scripts, the files it leaves, and its exit status; what is refused by name.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
PATH=$tools/compat:$PATH
printf '00000000:00000fff fd\n00fff000:00000fff pd\n00fff000:00000fff res1\n' >old
for r in good-ifd-tgl good-full-me8 good-full-me7 good-full-me11 good-x230-12m good-me8 good-me7 bad-signature good-ifd-x230; do
    forge $r "$r"
done
in=good-full-me8
fresh() {
    rm -rf run
    mkdir run
    cp "${1:-$in}" run/rom
}
# did STATUS WHAT COMMAND...: in a folder of its own, with ROM in it
did() {
    wanted=$1 what=$2
    shift 2
    has_exit "$wanted" "$what" sh -c "cd run && $*"
}

# ---- me_cleaner ----
me-strip -q $in >stripped
me-strip -q -S $in >disabled
me-strip -q -s $in >only
me-relocate -q stripped >moved
me-strip -q -S -d $in | me-relocate -q >whole
me-extract -q -t whole >me
me-extract -q --region fd -t whole >fd
fresh && did 0 "-c" me_cleaner -c rom
ok "tells what scripts grep for" says out 'Checking the FTPR RSA signature... VALID'
ok "changes nothing" is_same run/rom $in
fresh bad-signature && did 1 "-c of a bad signature" me_cleaner -c rom
ok "tells it" says out INVALID
fresh && did 0 "in place" me_cleaner rom
ok "strips" is_same run/rom stripped
fresh && did 0 "-S in place" me_cleaner rom -S
ok "strips and disables" is_same run/rom disabled
fresh && did 0 "-s in place" me_cleaner -s rom
ok "disables" is_same run/rom only
for list in EFFS,FCRS MFS EFFS; do
    me-strip -q -S -w $list $in >wanted
    fresh && did 0 "-S -w $list" me_cleaner -S -w $list rom
    ok "-w $list" is_same run/rom wanted
    fresh && did 0 "-S --whitelist $list" me_cleaner rom -S --whitelist $list
    ok "--whitelist $list" is_same run/rom wanted
done
fresh && did 0 "Heads" me_cleaner -S -r -t -d -O out -D ifd.bin -M me.bin rom
ok "the image" is_same run/out whole
ok "the ME" is_same run/me.bin me
ok "the descriptor" is_same run/ifd.bin fd
ok "the input is untouched" is_same run/rom $in
fresh && did 0 "coreboot's document" me_cleaner -D fd -M me rom -t -r -S
ok "in place too" [ "$(me-extract -q run/rom | sha256sum)" = "$(me-strip -q -S $in | me-relocate -q | me-extract -q | sha256sum)" ]
fresh && did 0 "wiki" me_cleaner -rtdS -Oclean.bin rom --extract-me=extracted_me.rom
ok "letters and values together" is_same run/clean.bin whole
ok "a long name with a value" is_same run/extracted_me.rom me
fresh good-me8 && did 0 "a bare region" me_cleaner -r -t -O me.bin rom
me-strip -q good-me8 | me-relocate -q | me-extract -q -t >wanted
ok "is cut" is_same run/me.bin wanted
fresh && did 0 "skulls" me_cleaner -d -S -O work rom
me-strip -q -d -S $in >wanted
ok "skulls" is_same run/work wanted
fresh && did 0 "Libreboot takes it out" me_cleaner --whitelist MFS -r -k -p -t -O tmp -M me rom
ok "untouched" is_same run/tmp $in
fresh && did 1 "no file" me_cleaner -S
fresh && did 1 "an unknown option" me_cleaner --turbo rom
fresh bad-signature && did 1 "a bad signature" me_cleaner rom
ok "is not edited" is_same run/rom bad-signature
fresh good-me8 && did 1 "-S without descriptor" me_cleaner -S rom
ok "is not edited" is_same run/rom good-me8

# ---- ifdtool ----
ifd-unlock -q $in >open
ifd-unlock -q --lock $in >locked
ifd-unlock -q --lock --host-read-me $in >readable
fresh && did 0 "-u" ifdtool -u rom
ok "F.new" is_same run/rom.new open
fresh && did 0 "-u -O in place" ifdtool -u -O rom rom
ok "in place" is_same run/rom open
fresh && did 0 "-l" ifdtool -l rom
ok "-l" is_same run/rom.new locked
fresh && did 0 "-lr" ifdtool -lr -O rom rom
ok "-lr" is_same run/rom readable
fresh && did 0 "-x" ifdtool -x rom
for n in 0_flashdescriptor 1_bios 2_intel_me 3_gbe; do ok "-x: $n" [ -s run/flashregion_$n.bin ]; done
ok "the lines of -x" says out '  Flash Region 2 (Intel ME): 00003000 - 0000efff '
did 0 "-x again" ifdtool -x rom
fresh && did 0 "-d" ifdtool -d rom
for line in 'FLREG2:    0x000e0003' '  Flash Region 1 (BIOS): 0000f000 - 0001ffff ' 'FLMSTR1:   0x[0-9a-f]* (Host CPU/BIOS)' \
    '  Component 1 Density:                 ' "File rom is 131072 bytes"; do ok "-d: $line" grep -q "^$line" out; done
did 0 "--platform of a class" ifdtool --platform ifd2 -d rom
did 0 "-d with another platform" ifdtool -p tgl -d rom
did 1 "-u with another platform" ifdtool -p tgl -u rom
ok "nothing is written" [ ! -e run/rom.new ]
did 1 "an unknown platform" ifdtool -p vax -u rom
ok "the names are told" says err sklkbl
did 0 "-f" ifdtool -f layout.txt rom
ok "-f: a line" grep -qx '00003000:0000efff me' run/layout.txt
ok "-f: says so" grep -qx 'Wrote layout to layout.txt' out
did 0 "-n its own layout" ifdtool -n layout.txt rom
ok "changes nothing" is_same run/rom.new $in
did 0 "-F" ifdtool -F fmap.fmd rom
ok "-F: a line" grep -qx '	SI_ME@0x3000 0xC000' run/fmap.fmd
did 1 "-t without a flash map" ifdtool -t rom
me-extract -q --all parts $in
for r in ME:2_intel_me GbE:3_gbe BIOS:1_bios Descriptor:0_flashdescriptor; do
    fresh && did 0 "-i ${r%:*}" "ifdtool -i ${r%:*}:../parts/flashregion_${r#*:}.bin -O rom rom"
    ok "-i ${r%:*}: the same image" is_same run/rom $in
done
fresh && did 1 "-i 'Platform Data'" "ifdtool -i 'Platform Data:../parts/flashregion_3_gbe.bin' rom"
ok "that it is unused is told" says err 'not used'
did 1 "-i of no region" "ifdtool -i Attic:rom rom"
did 1 "-i of too much" "ifdtool -i GbE:../parts/flashregion_1_bios.bin rom"
did 0 "--nuke" ifdtool --nuke GbE rom -O rom
ok "--nuke" [ "$(me-extract -q --region gbe run/rom | tr -d '\377' | wc -c)" -eq 0 ]
fresh && did 0 "-M 1" ifdtool -p cougarpoint --altmedisable 1 -O rom rom
ok "-M 1" is_same run/rom only
did 0 "-M 0" ifdtool -M 0 -O rom rom
ok "-M 0" is_same run/rom $in
for o in '-e' '--em100' '-s 33' '-D 16' '-D 16 -C 1' '-S 1 -V 0x10' '-g'; do did 0 "$o" ifdtool "$o" rom; done
for o in '-T 0x10000' '-E' '-c -d' '-l -u' '-d -x' '-r' '-M 2' '-M x' '-s 14' '-D 3' '-D 8 -C 3' '-S x -V 1' '-S 3 -V x' '-i ME' \
    '-p' '-u -p vax' '-q' '--dump=1' '--gpr0' '-u second'; do
    fresh && did 1 "$o is refused" ifdtool "$o" rom
    ok "$o: nothing is written" [ ! -e run/rom.new ]
done
ok "-T names what to use" sh -c 'ifdtool -T 1 x 2>&1 | grep -q "ifd-set --strap"'
fresh good-ifd-tgl && did 0 "-c" ifdtool -c rom
ok "-c: nothing is protected" grep -qx 'GPR0 status: Disabled' out
did 0 "a range in GPR0's strap" ifdtool -S 21 -V 0x800f0001 -O rom rom
did 0 "--gpr0-status" ifdtool --gpr0-status rom
ok "-c: tells the range" grep -qx 'GPR0: 0x00001000 - 0x0000ffff' out
did 0 "-g" ifdtool -g -O rom rom
ok "-g: the strap is 0" [ "$(od -An -tx4 -j$((0x100 + 4 * 21)) -N4 run/rom | tr -d ' ')" = 00000000 ]
fresh && did 0 "beginnings of long names" ifdtool --unl --out=out rom
ok "mean the only one that begins so" is_same run/out open
fresh && did 0 "options after FILE, letters together" ifdtool rom -eu -Oout
ifd-set -q --em100 open >wanted
ok "are all done" is_same run/out wanted
for o in '-h' '-?' '--help'; do
    fresh && did 0 "$o" ifdtool "$o"
    ok "$o: the options" says out 'usage: ifdtool'
done
fresh && did 0 "-v" ifdtool -v
ok "-v: its name" says out '^ifdtool (mekit)'
fresh && did 0 "names of older layouts" ifdtool -n ../old rom
fresh && did 0 "sh ifdtool" "sh '$tools/compat/ifdtool' -u rom"

# Refused: what does not go together.
for o in '-S -s' '-s -r' '-s -t' '-c -S' '-c -O out' '-w MFS -b FTUP' '--soft' '--check=1'; do
    fresh && did 1 "me_cleaner $o is refused" me_cleaner "$o" rom
    ok "me_cleaner $o: nothing is written" [ ! -e run/out ]
    ok "me_cleaner $o: the input is as it was" is_same run/rom $in
done
fresh && did 0 "me_cleaner -v" me_cleaner -v
ok "-v: its name" says out '^me_cleaner (mekit)'
fresh && did 0 "beginnings of long names" me_cleaner --out out --soft-disable-o rom
ok "mean the only one that begins so" is_same run/out only

# ---- coreboot's ten steps on one file ----
cp $in steps
cp $in rom
me-extract -q --all parts $in
ok "ten steps in place" sh -ec "
    ifdtool -i ME:parts/flashregion_2_intel_me.bin -O rom rom
    ifdtool -i GbE:parts/flashregion_3_gbe.bin -O rom rom
    me_cleaner -c rom
    me_cleaner rom -S
    ifdtool -M 0 -O rom rom
    ifdtool -M 1 -O rom rom
    ifdtool -l -O rom rom
    ifdtool -u -O rom rom
    ifdtool --em100 -O rom rom
    ifdtool -d rom >dump" >/dev/null 2>&1
me-strip -q -S steps | ifd-unlock -q --lock | ifd-unlock -q | ifd-set -q --em100 >wanted
ok "end where the filters do" is_same rom wanted
ok "and leave nothing behind" [ -z "$(find . -name '*.mekit-new' -o -name '*.orig')" ]

# ---- hints ----
for row in 'me-strip -r me-relocate' 'me-strip -t me-extract' 'me-strip -D me-extract' 'me-strip -M me-extract' \
    'me-strip -c rsa-check' 'ifd-unlock -u without' 'ifd-unlock -x me-extract' 'ifd-unlock -i ifd-insert' \
    'ifd-unlock --newlayout ifd-layout' 'ifd-unlock -D ifd-set'; do
    # shellcheck disable=SC2086
    set -- $row
    has_exit 2 "$1 $2" "$1" "$2" $in
    ok "$1 $2 names $3" says err "$3"
done

# ---- me-extract --from-update ----
me-extract -q -p FTPR good-me7 >update
has_exit 0 "--from-update" me-extract -q --from-update update
mv out made
me-strip -q good-me7 | me-relocate -q | me-extract -q -t >wanted
ok "what a strip, a move and a cut make, but for the table" sh -c "tail -c +1025 made >a; tail -c +1025 wanted | cmp - a"
has_exit 0 "is a region" rsa-check -q made
has_exit 3 "no update" me-extract --from-update good-me7
me-extract -q -p FTPR good-me8 >update8
has_exit 4 "of another generation" me-extract --from-update update8
finish
