# SPDX-License-Identifier: MIT
# Several reads of one chip: which of them agree, the vote, and unrelated files.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
forge good-x230-12m good.rom
forge good-full-me11 other.rom
forge bad-signature bad.rom
# flip FILE OFFSET: another byte there
flip() { printf '\252' | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null; }
for i in 1 2 3; do cp good.rom "r$i.rom"; done
flip r1.rom 5000000
flip r2.rom 9000001
flip r3.rom 9000002

has_exit 1 "one read differs" rsa-check good.rom r1.rom good.rom
ok "who agrees" says out "^good.rom and good.rom are identical"
ok "who does not, and where" says out "^r1.rom differs from good.rom in 1 bytes: me 1 (from 0x4c4b40)"
has_exit 0 "reads that agree" rsa-check good.rom good.rom
ok "the same bytes are told once" [ "$(grep -c 'verdict: valid' out)" -eq 1 ]

has_exit 1 "the stream of JSON" rsa-check --json good.rom r1.rom good.rom
ok "three reports and a comparison" [ "$(grep -c '^}' out)" -eq 4 ]
ok "who agrees in JSON" [ "$(tr -d ' \n' <out | grep -o '"identical":\[\["good.rom","good.rom"\]\]')" != "" ]
ok "how many bytes differ in JSON" says out '"differing_bytes": 1'

has_exit 0 "three reads with an error each" rsa-check --vote voted.rom r1.rom r2.rom r3.rom
ok "the vote gives the chip's bytes" is_same voted.rom good.rom
ok "how many bytes were voted on" says out "^voted on 3 bytes"
has_exit 0 "the vote in JSON" rsa-check --json --vote again.rom r1.rom r2.rom r3.rom
ok "how many bytes were voted on in JSON" says out '"voted_bytes": 3'
has_exit 1 "a tie" rsa-check --vote no.rom r1.rom good.rom r1.rom good.rom
has_exit 2 "two reads are too few" rsa-check --vote no.rom r1.rom good.rom
has_exit 2 "--vote with --each" rsa-check --each --vote no.rom r1.rom r2.rom r3.rom
head -c 5000 good.rom >short.rom
has_exit 3 "reads of other sizes" rsa-check --vote no.rom r1.rom short.rom r3.rom
has_exit 2 "the vote would replace a read" rsa-check --vote r3.rom r1.rom r2.rom r3.rom
ok "nothing was written" [ ! -e no.rom ]
has_exit 1 "what was voted is checked like any input" rsa-check --vote bad2.rom bad.rom bad.rom bad.rom

has_exit 0 "files of different machines" rsa-check --each good.rom other.rom
ok "a line a file" [ "$(wc -l <out)" -eq 2 ]
ok "its verdict" says out "^OK *valid *ME .*good.rom$"
has_exit 1 "one bad file" rsa-check --each good.rom bad.rom
ok "the bad one is named" says out "^BAD *invalid .*bad.rom$"
ok "the good one is named too" says out "^OK .*good.rom$"
echo nothing >noise.txt
has_exit 3 "one that is no image" rsa-check --each good.rom noise.txt
ok "it is named" says out "^REFUSED .*noise.txt$"
has_exit 3 "each in JSON" rsa-check --each --json good.rom noise.txt
ok "one object a file" [ "$(grep -c '^}' out)" -eq 2 ]
finish
