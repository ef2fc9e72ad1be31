# SPDX-License-Identifier: MIT
# Each tool's own options, on forged images.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
for r in good-full-me8 good-full-me11 good-me11-overlap good-me8 good-full-ich9 unsupported-me4 \
    unsupported-sps3 good-x230-12m good-x230-bottom good-full-gbe-between good-full-me-disabled \
    good-ifd-x230 good-ifd-lbg good-ifd-unknown-v2 good-ifd-tgl-h good-ignition good-full-ignition bad-signature \
    good-ifd-gpr0 bad-contradiction good-ifd-patsburg good-fd-signed good-ifd-2k; do
    forge "$r" "$r"
done
lacks() { ! says "$@"; }
word() { od -An -tx4 -j"$2" -N4 "$1" | tr -d ' '; }

# ifd-unlock
has_exit 0 "unlock" ifd-unlock -q good-ifd-x230
ok "v1: FLMSTR1 opens" [ "$(word out 96)" = ffff0000 ]
ok "v1: GbE is given only itself" [ "$(word out 104)" = 08080118 ]
has_exit 0 "host only" ifd-unlock -q --host-only good-ifd-x230
ok "--host-only opens FLMSTR1" [ "$(word out 96)" = ffff0000 ]
ok "--host-only leaves the ME locked" [ "$(word out 100)" = "$(word good-ifd-x230 100)" ]
has_exit 0 "lock" ifd-unlock -q --lock good-ifd-x230
ok "--lock" [ "$(word out 96)" = 0a0b0000 ]
has_exit 0 "lock, host reads" ifd-unlock -q --lock --host-read-me good-ifd-x230
ok "--host-read-me" [ "$(word out 96)" = 0a0f0000 ]
has_exit 2 "--host-read-me without --lock" ifd-unlock --host-read-me good-ifd-x230
has_exit 2 "--lock --host-only" ifd-unlock --lock --host-only good-ifd-x230
has_exit 0 "LBG" ifd-unlock -q good-ifd-lbg
ok "LBG: the low byte opens, on all six masters" [ "$(word out 132)$(word out 148)" = ffffffffffffffff ]
has_exit 0 "LBG like ifdtool" ifd-unlock -q --like-ifdtool good-ifd-lbg
ok "--like-ifdtool leaves the low byte" [ "$(word out 132)" = ffffff88 ]
has_exit 5 "--platform of another version" ifd-unlock --platform tgl good-ifd-x230
has_exit 0 "--platform of the same class" ifd-unlock -q --platform lynxpoint good-ifd-x230
has_exit 0 "an unknown PCH is opened by its version" ifd-unlock good-ifd-unknown-v2
ok "and that is said" says err warning

# me-strip
has_exit 0 "-S sets AltMeDisable" me-strip -q -S good-full-me8
ok "PCHSTRP10 bit 7" [ "$(word out 296)" = 004100c4 ]
has_exit 0 "-s alone" me-strip -q -s good-full-me8
ok "-s changes one word" [ "$(cmp -l out good-full-me8 | wc -l)" -eq 1 ]
mv out set
has_exit 0 "--clear-soft-disable" me-strip -q --clear-soft-disable set
ok "cleared as it was" is_same out good-full-me8
has_exit 0 "-s on a lone descriptor" me-strip -q -s good-ifd-x230
has_exit 5 "-s on an unknown PCH" me-strip -s good-ifd-unknown-v2
ok "nothing is written" is_empty out
has_exit 0 "-s on TGP-H: strap 37" me-strip -q -s good-ifd-tgl-h
ok "the right word" [ "$(word out 404)" = 800100b0 ]
has_exit 0 "-d, version 1" me-strip -q -d good-full-me8
ok "FLMSTR2" [ "$(word out 100)" = 04040000 ]
has_exit 0 "-d, version 2" me-strip -q -d good-full-me11
ok "FLMSTR2 grants read of the descriptor" [ "$(word out 132)" = 00400500 ]
has_exit 4 "-S without descriptor" me-strip -S good-me8
has_exit 4 "-d without descriptor" me-strip -d good-me8
has_exit 2 "-S and -s" me-strip -S -s good-full-me8
has_exit 2 "-s and -k" me-strip -s -k good-full-me8
has_exit 2 "-w and -b" me-strip -w MFS -b NFTP good-me8
has_exit 2 "-b FTPR" me-strip -b FTPR good-me8
has_exit 2 "-w twice: the first list would be lost" me-strip -w EFFS -w NFTP good-me8
ok "the way out is told" says err '--keep is given twice. Name all in one list'
has_exit 2 "-w and --whitelist" me-strip -w EFFS --whitelist NFTP good-me8
has_exit 2 "two outputs" me-strip -o a -O b good-me8
ok "neither is made" [ ! -e a ] && ok "nor the other" [ ! -e b ]
sum=$(printf %064d 0)
has_exit 2 "two digests" me-strip --expect "$sum" --expect "$sum" good-me8
has_exit 2 "two reports" me-strip -n --json=a --json=b good-me8
has_exit 0 "a flag twice" me-strip -q -q -k -k good-me8
has_exit 2 "a name of five characters" me-strip -w ABCDE good-me8
has_exit 0 "-w EFFS" me-strip -q -w EFFS good-me8
ok "EFFS survives" [ "$(dd if=out bs=4096 skip=1 count=1 status=none | sha256sum)" = \
    "$(dd if=good-me8 bs=4096 skip=1 count=1 status=none | sha256sum)" ]
ok "and its flag" [ "$(word out 36)" = fffffc01 ]
has_exit 0 "without -w" me-strip -q good-me8
ok "the EFFS flag goes" [ "$(word out 36)" = fffffc00 ]
mv out plain
has_exit 0 "--whitelist is -w" me-strip -q --whitelist EFFS good-me8
has_exit 2 "a name that no partition has, beside a binary one" me-strip -w QXQX good-me8
ok "the binary one is told as a list takes it" says err 'xe0.x15.x00.x20 '
has_exit 2 "a name of nothing" me-strip -w '\x00' good-me8
ok "it is told" says err 'no partition .x00[.]'
has_exit 2 "a space beside a comma" me-strip -w 'EFFS, NFTP, FOVD' good-me8
ok "the rule is told" says err 'separated by commas only'
has_exit 0 "a binary name" me-strip -q -w '\xe0\x15\x00 ' good-me8
ok "is kept" [ "$(od -An -tx1 -j48 -N4 out | tr -d ' ')" = e0150020 ]
has_exit 0 "-k" me-strip -q -k good-me8
ok "-k keeps all modules" [ "$(dd if=out bs=4096 skip=3 count=5 status=none | sha256sum)" = \
    "$(dd if=good-me8 bs=4096 skip=3 count=5 status=none | sha256sum)" ]
has_exit 0 "--wipe-shared" me-strip -q --wipe-shared good-me8
ok "--wipe-shared wipes more" is_different out plain
has_exit 0 "overlapping partitions, -w MFS" me-strip -q -w MFS good-me11-overlap
ok "MFS survives DLMP" [ "$(dd if=out bs=4096 skip=9 count=2 status=none | sha256sum)" = \
    "$(dd if=good-me11-overlap bs=4096 skip=9 count=2 status=none | sha256sum)" ]
has_exit 0 "-b NFTP of NFTP = FTUP" me-strip -q -b NFTP good-me8
ok "FTUP's bytes survive" [ "$(dd if=out bs=4096 skip=8 count=3 status=none | sha256sum)" = \
    "$(dd if=good-me8 bs=4096 skip=8 count=3 status=none | sha256sum)" ]
has_exit 2 "a name that no partition has" me-strip -w MSF good-me8
ok "the nearest known one" says err 'there is no partition MSF. Did you mean MFS?'
ok "and what is there" says err 'Present: .*EFFS .*FTPR'
ok "nothing is written" is_empty out
has_exit 2 "the case of a name" me-strip -b effs good-me8
ok "the one that is there" says err 'Did you mean EFFS?'
has_exit 2 "a name like no other" me-strip -w QXQX good-me8
ok "is not guessed" lacks err 'Did you mean'
has_exit 0 "a known name that is not there" me-strip -w MDMV good-me8
ok "is told" says err 'partition MDMV is not in this image: nothing to keep'
has_exit 0 "-b of one that is there, and one that is not" me-strip -b MDMV,GLUT good-me8
ok "is told" says err 'partition MDMV is not in this image: nothing to remove'
ok "others are not listed" says err 'EFFS (not listed)'
ok "and nobody asked" lacks err 'as asked'
has_exit 0 "-b NFTP, which is FTUP" me-strip -b NFTP good-full-me8
ok "what stays, in the file" says err 'NFTP shares 0x00b000 - 0x00e000 with FTUP, which is kept'
has_exit 0 "a name of this image alone, removed" me-strip -q -b '\xe0\x15\x00 ' good-me8
has_exit 0 "DLMP across FTPR and MFS" me-strip -k -w MFS good-me11-overlap
ok "what stays" says err 'DLMP shares 0x009000 - 0x00a000 with MFS, which is kept'
ok "what goes" says err 'DLMP begins inside FTPR: 0x008000 - 0x009000 are removed with it, which makes the hash'
has_exit 0 "offsets are those of the file" me-strip -v good-full-me8
ok "in the head" says err '^me-strip: good-full-me8: ME .* ME region 0x003000 - 0x00f000'
ok "as in the list" says err 'partition FTPR 0x006000 - 0x00b000'
has_exit 4 "generation 1 without descriptor" me-strip unsupported-me4
ok "with the reason" says err 'descriptor'
has_exit 0 "generation 1, full" me-strip -q good-full-ich9
ok "FLREG2 is disabled" [ "$(word out 72)" = 00001fff ]
ok "MeDisable" [ "$(word out 256)$(word out 512)" = 0000000100000001 ]
has_exit 0 "Ignition goes whole" me-strip -q good-ignition
mv out gone
has_exit 0 "then it stays" me-relocate -q gone
ok "as it is" is_same out gone
has_exit 0 "and is not cut" me-extract -q -t gone
ok "as it is" is_same out gone
has_exit 5 "SPS" me-strip unsupported-sps3
ok "nothing is written" is_empty out
has_exit 0 "SPS, forced" me-strip -q --force unsupported-sps3
ok "SPS 3: the entries' sum stands behind the last one" [ "$(od -An -tu2 -j80 -N2 out | tr -d ' ')" -eq \
    $((65535 - $(od -An -v -tu1 -j48 -N32 out | tr -s ' ' '\n' | awk '{s += $1} END {print s % 65536}'))) ]
has_exit 5 "a bad signature is never stripped" me-strip --force bad-signature
has_exit 0 "ME region disabled" me-strip good-full-me-disabled
ok "nothing to do is said" says err 'nothing to do'

# --undo takes back what was done and does nothing else: an option that would be lost is refused.
me-strip -q --undo-record undo -o undone good-full-me8
for t in $filters; do
    own_options "$t" | sed 's/^-., //; s/\[=$//; s/=$/=x/' >own
    ok "$t has options of its own" [ -s own ]
    while read -r option; do
        has_exit 2 "$t --undo $option" "$t" --undo undo "$option" undone
        ok "$t --undo $option: it is named" says err "${option%=x} can't be combined with --undo"
        ok "$t --undo $option: nothing is written" is_empty out
    done <own
done
for option in -S -k '-w MFS'; do
    # shellcheck disable=SC2086
    has_exit 2 "--undo $option" me-strip --undo undo $option undone
done
has_exit 2 "--undo --undo-record" me-strip --undo undo --undo-record again undone
ok "no record is made" [ ! -e again ]
for word in me=good-me8 pd=none; do
    for t in ifd-insert ifd-layout; do has_exit 2 "$t --undo $word" $t --undo undo $word undone; done
    ok "the word is named as --help has it" says err "REGION=START-END can't be combined with --undo"
done
has_exit 0 "what is no edit goes with --undo" me-strip -q --undo undo --max-size 1M --platform x --accept regions-overlap undone
has_exit 0 "--undo" me-strip -q --undo undo --expect "$(sha256sum <good-full-me8 | cut -d' ' -f1)" undone
ok "takes the edit back" is_same out good-full-me8

# --expect that can be no digest is found before anything is done.
for digest in xyz 00 '' "$(printf '%065d' 0)" "$(printf '%063dx' 0)"; do
    has_exit 2 "--expect '$digest'" me-strip --expect "$digest" nowhere
    ok "it is told" says err '64 hex digits'
done
has_exit 1 "--expect in capitals" me-strip --expect "$(printf '%063dA' 0)" good-full-me8

# -j is of many files.
for t in $reports; do
    has_exit 2 "$t -j without --each" "$t" -j 3 good-full-me8
    ok "$t -j: what it goes with" says err '-j needs --each or --files0-from'
    has_exit 0 "$t -j --each" "$t" -q -j 3 --each good-full-me8
    has_exit 0 "$t -j --files0-from" sh -c "printf good-full-me8 | $t -q -j 3 --files0-from=-"
done

# me-relocate
me-strip -q good-full-me8 >stripped
has_exit 0 "relocate" me-relocate -q stripped
ok "FTPR moves down" [ "$(word out $((12288 + 56)))" != "$(word stripped $((12288 + 56)))" ]
rsa-check -q out || failed=$((failed + 1))
has_exit 0 "reclaim" me-relocate -q --reclaim stripped
mv out shrunk
fpt-dump --layout shrunk >layout
ok "--reclaim: BIOS begins where the ME now ends" [ "$(grep bios layout | cut -d: -f1)" = \
    "$(printf '%08x' $((0x$(grep ' me' layout | cut -c10-17) + 1)))" ]
ok "--reclaim: the ME region is smaller" [ $((0x$(grep ' me' layout | cut -c10-17))) -lt 61439 ]
for again in "me-relocate --reclaim" me-relocate me-strip; do
    has_exit 0 "M4: $again on the shrunk dump" $again -q shrunk
    ok "M4: $again changes nothing" is_same out shrunk
done
has_exit 4 "--reclaim without descriptor" me-relocate --reclaim good-me8
has_exit 5 "--reclaim with GbE between" sh -c "me-strip -q good-full-gbe-between | me-relocate --reclaim"
ok "says why" says err 'the BIOS region begins at 0xc000'
ok "nothing is written" is_empty out
has_exit 0 "nothing to reclaim" me-relocate --reclaim good-full-gbe-between
ok "is said" says err 'nothing to reclaim'
ok "as it is" is_same out good-full-gbe-between
has_exit 0 "the descriptor of such a dump" sh -c "me-strip -q good-full-gbe-between | me-extract --region fd -t"
ok "stays, with a warning" says err 'warning: the regions are unchanged'
for keep in GLUT MFS NFTP; do
    me-strip -q -w $keep good-full-me8 | me-relocate -q --reclaim >once
    has_exit 0 "a second --reclaim beside $keep" me-relocate -q --reclaim once
    ok "changes nothing" is_same out once
done

# me-extract
has_exit 0 "the ME region" me-extract -q good-full-me8
ok "as large as FLREG2 says" [ "$(wc -c <out)" -eq 49152 ]
has_exit 0 "--region fd" me-extract -q --region fd good-full-me8
ok "4 KiB" [ "$(wc -c <out)" -eq 4096 ]
has_exit 2 "--region that is none" me-extract --region attic good-full-me8
has_exit 1 "--region unused" me-extract --region pd good-full-me8
has_exit 3 "--region behind the end" me-extract --region bios good-x230-bottom
has_exit 2 "-t with gbe" me-extract -t --region gbe good-full-me8
has_exit 0 "-p" me-extract -q -p FTPR good-me8
ok "FTPR whole" [ "$(wc -c <out)" -eq 20480 ]
has_exit 1 "-p that is not there" me-extract -p XXXX good-me8
has_exit 0 "-m" me-extract -q -m FTPR/UPDATE good-me8
ok "an LZMA stream" [ "$(od -An -tx1 -N1 out | tr -d ' ')" = 36 ]
has_exit 4 "-m of pages" me-extract -m FTPR/BUP good-me8
has_exit 1 "-m that is not there" me-extract -m FTPR/NOPE good-me8
has_exit 0 "--chip 0" me-extract -q --chip 0 good-x230-12m
ok "is the bottom chip's size" [ "$(wc -c <out)" -eq 8388608 ]
has_exit 0 "--chip 1" me-extract -q --chip 1 good-x230-12m
ok "is the top chip's size" [ "$(wc -c <out)" -eq 4194304 ]
has_exit 1 "--chip 1 of one" me-extract --chip 1 good-full-me8
has_exit 0 "--all" me-extract -q --all regions good-full-me8
for n in 0_flashdescriptor 1_bios 2_intel_me 3_gbe; do
    ok "--all: $n" [ -s "regions/flashregion_$n.bin" ]
done
has_exit 0 "-n --all" me-extract -n --all nowhere good-full-me8
ok "-n --all writes nothing" [ ! -e nowhere ]
has_exit 0 "--all of the bottom chip" me-extract --all bottom good-x230-bottom
ok "BIOS is left out, and that is said" says err 'bios'
ok "BIOS is not cut short" [ ! -e bottom/flashregion_1_bios.bin ]

# fpt-dump
has_exit 0 "fpt-dump" fpt-dump good-full-me8
ok "the line that scripts know" grep -qx 'Flash Region 2 (Intel ME): 00003000 - 0000efff' out
ok "AltMeDisable is told" says out 'AltMeDisable clear'
has_exit 0 "fpt-dump --layout" fpt-dump --layout good-full-me8
ok "layout line" grep -qx '00003000:0000efff me' out
has_exit 0 "fpt-dump --svg" fpt-dump --svg good-full-me8
ok "a picture" says out '</svg>'
has_exit 0 "fpt-dump --diff of the same" fpt-dump --diff good-full-me8 good-full-me8
has_exit 1 "fpt-dump --diff of another" fpt-dump --diff set good-full-me8
ok "names the strap" says out 'PCH strap 10'
has_exit 0 "wrong strap" fpt-dump good-ifd-tgl-h
ok "bit 16 of strap 0 is not HAP there" says out 'strap-elsewhere: .*strap 0 is 00010000'
has_exit 0 "GPR0 stays" ifd-unlock -o opened good-ifd-gpr0
ok "it is said, with its range" says err 'GPR0 .*0x1000 to 0x14ffff'
has_exit 0 "GPR0 is cleared" ifd-unlock --clear-gpr0 -o opened good-ifd-gpr0
ok "the strap is 0" [ "$(od -An -tx4 -j 0x154 -N 4 opened | tr -d ' ')" = 00000000 ]
has_exit 5 "firmware of another PCH" me-strip -s bad-contradiction
ok "names the finding" says err 'contradiction'
has_exit 0 "accepted by name" me-strip -s --accept=contradiction bad-contradiction
has_exit 5 "a server's strap" me-strip -s good-ifd-patsburg
has_exit 0 "a server's strap, accepted" me-strip -s --accept=server-descriptor good-ifd-patsburg
has_exit 5 "a signed descriptor" ifd-unlock good-fd-signed
forge good-full-ich9 signed
printf '$MAN' | dd of=signed bs=1 seek=$((0x81C)) conv=notrunc 2>/dev/null
has_exit 5 "a signed descriptor that a strip would edit" me-strip signed
ok "names the finding" says err 'descriptor-signed'
has_exit 0 "accepted by name" me-strip --accept=descriptor-signed signed
has_exit 0 "a descriptor of 2 KiB" ifd-unlock good-ifd-2k
has_exit 0 "states" fpt-dump stripped
ok "stripped" says out 'stripped'

# rsa-check
has_exit 0 "unknown key" rsa-check good-me8
ok "is told as unknown" says out 'key unknown'
has_exit 1 "--require-known-key" rsa-check --require-known-key good-me8
has_exit 0 "two equal reads" rsa-check good-full-me8 good-full-me8
has_exit 1 "two reads that disagree" rsa-check good-full-me8 set
ok "by region and offset" says out 'fd 1 (from 0x128)'
finish
