# SPDX-License-Identifier: MIT
# me-extract beyond regions: parts of CSE images, unpacked modules, all of them, firmware in any file, codebooks; and
# what fpt-dump shows of CSE.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
for recipe in good-csme12 good-csme14-lite good-csme16-lite good-txe3-ifwi good-dump-csme16 good-dump-apl good-me8 good-me11; do
    forge $recipe $recipe
done
forge --codebook >book
same() { cmp -s "$1" "$2"; }
part() { dd if="$1" bs=1 skip=$(($2)) count=$(($3)) status=none; }

# partitions and modules, by the table's own places
has_exit 0 "a partition of BP1" me-extract -q -p MFTP good-csme14-lite
ok "it is that one" says out 'MFTP'
has_exit 0 "one that is there twice" me-extract -q -p BP2/RBEP -o rbep good-csme14-lite
has_exit 0 "the other one" me-extract -q -p BP1/RBEP -o rbep1 good-csme14-lite
ok "both begin with a directory" [ "$(head -c 4 rbep)$(head -c 4 rbep1)" = '$CPD$CPD' ]
has_exit 1 "a boot partition that has none" me-extract -q -p BP1/NFTP good-csme14-lite
has_exit 1 "no such partition" me-extract -q -p XXXX good-csme12
has_exit 0 "a partition of the second table" me-extract -q -p NFTP -o nftp good-txe3-ifwi
ok "its directory" [ "$(head -c 4 nftp)" = '$CPD' ]
has_exit 0 "through the descriptor, in the BIOS region" me-extract -q -p NFTP -o nftp2 good-dump-apl
ok "the same" same nftp nftp2
has_exit 1 "there is no ME region there" me-extract good-dump-apl
ok "it says where the engine is" says err "region bios"
has_exit 0 "the region of CSME 16" me-extract -q -o region good-dump-csme16
has_exit 0 "it is what rsa-check takes" rsa-check -q region
has_exit 4 "no minimum of it exists" me-extract -t good-dump-csme16

# unpacked modules: LZMA without codebook, Huffman with
has_exit 0 "LZMA" me-extract -q -m NFTP/dal --decompress -o dal good-csme12
has_exit 0 "as it is stored" me-extract -q -m NFTP/dal -o dal.lzma good-csme12
ok "the code is another thing" is_different dal dal.lzma
ok "xz unpacks the same" sh -c "xz --format=lzma -dc <dal.lzma 2>/dev/null | cmp -s - dal || me-extract -q -m NFTP/dal --decompress good-csme12 | cmp -s - dal"
has_exit 4 "Huffman without codebook" me-extract -m FTPR/kernel --decompress good-csme12
ok "it asks for one" says err codebook
ok "nothing is written" is_empty out
has_exit 0 "Huffman" me-extract -q -m FTPR/kernel --decompress --codebook book -o kernel good-csme12
ok "whole pages" [ $(($(wc -c <kernel) % 4096)) -eq 0 ]
has_exit 0 "a module of the LLUT" me-extract -q -m FTPR/BUP --decompress --codebook book -o bup good-me8
has_exit 4 "its pages are not one piece" me-extract -m FTPR/BUP good-me8
MEKIT_CODEBOOK_PATH=$work/book has_exit 0 "a codebook by the environment" me-extract -q -m FTPR/kernel --decompress -o kernel2 good-csme12
ok "the same code" same kernel kernel2
has_exit 2 "--decompress of a region" me-extract --decompress good-csme12
has_exit 1 "--expect of code" me-extract -m NFTP/dal --decompress --expect "$(printf %064d 0)" good-csme12
ok "nothing is written" is_empty out

# all modules: names of our own making
has_exit 0 "all modules" me-extract -q --all-modules all --decompress --codebook book good-csme12
ok "kernel is there" sh -c 'cmp -s all/*_FTPR_*_kernel.code kernel'
ok "metadata is there" sh -c '[ "$(ls all | grep -c "\.met\.bin$")" -ge 2 ]'
has_exit 0 "without a codebook what can't be unpacked is named" me-extract --all-modules some --decompress good-csme12
ok "it is named" says err "left out"
me-extract -m NFTP/dal good-csme12 >dal.lzma 2>said
at=$(sed -n 's/.*taken: \(0x[0-9a-f]*\) .*/\1/p' said)
cp good-csme12 bad
printf 'damaged!' | dd of=bad bs=1 seek=$((at + 100)) conv=notrunc status=none
has_exit 1 "damage is a no" me-extract -q --all-modules hurt --decompress --codebook book bad
has_exit 0 "a dry run" me-extract -n --all-modules none good-csme12
ok "writes nothing" [ ! -e none ]
has_exit 2 "one thing at a time" me-extract --all-modules x --all y good-dump-csme16
has_exit 2 "no -o" me-extract --all-modules x -o y good-csme12

# firmware at any offset
{ printf 'xyz'; cat good-me8; printf '0123456789'; cat good-csme16-lite good-txe3-ifwi; cat nftp; } >mix
has_exit 0 "scan" me-extract --scan mix
ok "four things" [ "$(wc -l <out)" -eq 4 ]
ok "ME 8" says out '1  0x00000003 .* region .* ME 8\.'
ok "CSME 16" says out '2  .* ifwi .* CSME 16\.'
ok "TXE 3" says out '3  .* ifwi .* CSTXE 3\.'
ok "a lone partition" says out '4  .* partition .* NFTP'
has_exit 0 "take one of them" me-extract -q --scan=2 mix
ok "it is the image's beginning" sh -c 'cmp -s -n "$(wc -c <out)" out good-csme16-lite && [ "$(wc -c <out)" -gt 65536 ]'
has_exit 1 "there is no fifth" me-extract --scan=5 mix
has_exit 2 "no number" me-extract --scan=x mix
forge good-full-ich9 ich9
has_exit 0 "a table that is open to the end of its region" me-extract --scan ich9
ok "ends where the descriptor ends the region" says out '0x00003000  0x00008000  region'
has_exit 0 "take it" me-extract -q --scan=2 -o scanned ich9
has_exit 0 "the region by the descriptor" me-extract -q -o region ich9
ok "the same" same scanned region
has_exit 1 "nothing in a text" me-extract --scan book
has_exit 0 "as JSON" me-extract --scan --json mix
ok "four again" [ "$(grep -c '"kind"' "$work/err" "$work/out" | awk -F: '{n += $2} END {print n}')" -eq 4 ]

# codebooks
has_exit 0 "convert" me-extract -q --convert-codebook -o again book
ok "our own format comes back" same again book
printf '{"forged": {"code": {"1": "00"}, "data": {"1": "00"}}}' >short.json
has_exit 3 "a code that is not complete" me-extract --convert-codebook short.json
ok "it says so" says err "not complete"
printf '{"a": {"code": {"1": "41", "0": "4242"}, "data": {"1": "C1", "0": "????"}}}' >good.json
has_exit 0 "JSON" me-extract -q --convert-codebook good.json
ok "as text" sh -c 'printf "mekit-codebook 1\na 1 41 C1\na 0 4242 -\n" | cmp -s - out'
has_exit 3 "no codebook" me-extract --convert-codebook good-me8
has_exit 3 "rsa-check is told of a bad one" rsa-check --codebook short.json good-csme12
ok "by its name" says err "short.json"
has_exit 2 "one that is not there" rsa-check --codebook nowhere good-csme12

# fpt-dump shows it
has_exit 0 "layout 1.7" fpt-dump good-csme16-lite
for words in 'layout: IFWI 1\.7' 'CRC right' 'BP1 .*BPDT version 2' 'MFTP .* type 2' 'second \$FPT .* identical' 'VCN' \
    'settings: FITC' 'kernel .*Huffman'; do
    ok "it shows $words" says out "$words"
done
has_exit 0 "layout 1.6" fpt-dump good-csme14-lite
ok "the alias" says out 'BP3 .*: BP1 once more'
has_exit 0 "layout 2.0" fpt-dump good-txe3-ifwi
ok "the second table" says out 'BP1 (S-BPDT)'
ok "no \$FPT" says out 'no \$FPT in this image'

# a strap only where the firmware fits the platform
has_exit 0 "Alder Lake with CSME 16" me-strip -q -s good-dump-csme16
cp good-dump-csme16 other
dd if=good-csme12 of=other bs=4096 seek=1 conv=notrunc status=none
has_exit 5 "Alder Lake with CSME 12" me-strip -s other
ok "it says why" says err "contradiction: .*runs firmware 16 to 16 of ME, but this is .* 12"
has_exit 4 "no strip of CSME" me-strip good-dump-csme16
ok "it says what can be done" says err "soft-disable strap can be set"
finish
