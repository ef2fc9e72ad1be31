# SPDX-License-Identifier: MIT
# fpt-dump from outside: streams and exit statuses of each kind of report, flashrom's opinion of the layout,
# and what it says of real images, where the reference material is there.
. "$(dirname "$0")/lib.sh"
PATH=$PATH:/usr/sbin
cd "$work" || exit 2
forge --all . || exit 2
for f in *.bin; do mv "$f" "${f%.bin}"; done

# text
has_exit 0 "text" fpt-dump good-full-me8
ok "the head has kind, size and state" grep -qx 'good-full-me8: full image, 0x20000 bytes; state: partitions removed, locked' out
region='^Flash Region [0-9]+ \([A-Za-z0-9 _]+\): [0-9a-f]{8} - [0-9a-f]{8}'
ok "every region that is used has the line that scripts know" [ "$(grep -cE "$region\$" out)" -eq 4 ]
ok "the rest stays out of the way" [ "$(grep -c unused out)" -eq 0 ]
ok "awk finds the ME as it finds it in ifdtool's" [ "$(awk '/Flash Region 2 \(Intel ME\)/ {print $6, $8}' out)" = \
    '00003000 0000efff' ]
ok "CBFS_SIZE is a size, not the last address" says out 'CBFS_SIZE=0x11000'
ok "its region is as small as it can be: nothing is said" [ "$(grep -c 'reduced to' out)" -eq 0 ]
has_exit 0 "-v" fpt-dump -v good-full-me8
ok "-v has all regions" [ "$(grep -cE "$region( \(unused\))?\$" out)" -eq 5 ]
has_exit 0 "a region with room" fpt-dump good-x230-12m
ok "the reduced layout" grep -q 'reduced to 0x[0-9a-f]* bytes: 00003000:00[0-9a-f]* me$' out
ok "what it is" grep -qE '^  ME 8\.[0-9.]*, .*, two chips \(8 \+ 4 MiB\)$' out
ok "whether it is whole" grep -q '^  verdict: valid; boot code ' out
ok "what a strip would do" says out 'me-strip would remove .* of 5.0 MiB: .*; the region could then shrink to '
ok "the summary is first" [ "$(sed -n 1,5p out | grep -cE '^  (ME|verdict|me-strip)')" -eq 3 ]
has_exit 0 "--map" fpt-dump --map good-x230-12m
ok "begins with the same" [ "$(sed -n 1,5p out | grep -cE '^  (ME|verdict|me-strip)')" -eq 3 ]
ok "tells boot code from what goes" [ "$(grep -cE '^  (FTPR|FTUP/NFTP) .*\| *(B+|x+) *\|$' out)" -eq 2 ]
has_exit 0 "CSME 12" fpt-dump unsupported-full-csme12
ok "why nothing goes" says out 'me-strip removes nothing: this is CSME 12 or newer'
has_exit 0 "the bottom chip" fpt-dump good-x230-bottom
ok "is told as such" says out 'this is the first chip only'
ok "and what is not there" says out 'ends past the end of this file, on the other chip'
has_exit 0 "-q says nothing" fpt-dump -q good-full-me8
ok "nothing" is_empty out
has_exit 3 "a text" fpt-dump bad-text
ok "no report of it" is_empty out
has_exit 3 "a blank chip" fpt-dump bad-erased-chip
has_exit 0 "damage inside a partition" fpt-dump bad-module-count
ok "is a finding with its place" says out '^remark: offset 0x3020: FTPR: damaged'
ok "the other partitions are shown" says out 'NFTP manifest at'
has_exit 0 "--pass" fpt-dump --pass good-me8
ok "--pass copies" is_same out good-me8
ok "--pass reports on stderr" says err 'generation 2'

# JSON
has_exit 0 "--json" fpt-dump --json good-full-me8
ok "is an object of our schema" says out '"schema": "mekit/1"'
ok "no text beside it" [ "$(head -c 1 out)$(tail -n 1 out)" = '{}' ]
has_exit 0 "--json=FILE" fpt-dump --json=report good-full-me8
ok "the text stays on stdout" says out 'Flash Region'
ok "JSON is in the file" says report '"minimum_size": '
has_exit 3 "--json of a text" fpt-dump --json bad-text
ok "has the error" says out '"code": "UNKNOWN"'

# layout
has_exit 0 "--layout of the bottom chip" fpt-dump --layout good-x230-bottom
ok "BIOS is cut, and that is said" says err 'bios .* is cut at the end of this file'
ok "on stderr only" [ "$(grep -vcE '^[0-9a-f]{8}:[0-9a-f]{8} [a-z0-9_]+$' out)" -eq 0 ]
head -c 5242880 good-x230-bottom >cut
has_exit 0 "--layout of a dump that is cut off" fpt-dump --layout cut
ok "BIOS is left out, and that is said" says err 'bios .* is left out'
ok "and is not there" [ "$(grep -c bios out)" -eq 0 ]
has_exit 4 "--layout without a descriptor" fpt-dump --layout good-me8
has_exit 2 "one kind of report at a time" fpt-dump --layout --svg good-full-me8
if command -v flashrom >/dev/null; then
    for i in good-x230-12m good-x230-bottom; do
        fpt-dump -q --layout $i >layout
        cp $i chip.img
        programmer="dummy:emulate=VARIABLE_SIZE,size=$(wc -c <$i),image=chip.img"
        for region in fd bios me gbe; do
            has_exit 0 "flashrom: $region of $i" flashrom -p "$programmer" -l layout -i $region -r part
        done
    done
else
    echo "SKIPPED: flashrom is not installed"
fi

# picture
has_exit 0 "--svg" fpt-dump --svg good-x230-bottom
ok "regions" says out '<title>gbe 0x001000 - 0x002fff, 8 KiB'
ok "the other chip's part is not in this file" says out '<title>bios 0x800000 - 0xbfffff, 4 MiB: not in this file'
if command -v xmllint >/dev/null; then ok "xmllint" xmllint --noout out; fi

# difference
me-strip -q good-full-me8 >stripped
me-strip -q -s good-full-me8 >set
has_exit 0 "itself" fpt-dump --diff good-full-me8 good-full-me8
ok "says so" grep -qx identical out
has_exit 1 "a strap" fpt-dump --diff set good-full-me8
ok "by number and value" grep -qx 'PCH strap 10: value 00410044 -> 004100c4' out
ok "and which regions are as they were" grep -qx 'identical: bios, me, gbe' out
ok "nothing else but its bytes" [ "$(wc -l <out)" -eq 3 ]
has_exit 1 "stripped" fpt-dump --diff stripped good-full-me8
ok "a partition is gone" grep -qx 'partition NFTP: state data -> none' out
ok "a module is erased" grep -qx 'module FTPR/RSA: state present -> erased' out
ok "what is needed to boot is not" [ "$(grep -cE 'FTPR/(BUP|ROMP)' out)" -eq 0 ]
gzip -c set >set.gz
has_exit 0 "a packed one" fpt-dump --diff set.gz set
has_exit 1 "as JSON" fpt-dump --json --diff set good-full-me8
ok "with the same words" says out '"place": "PCH strap 10"'
has_exit 1 "-q" fpt-dump -q --diff set good-full-me8
ok "-q says nothing" is_empty out
has_exit 1 "another kind" fpt-dump --diff good-me8 good-full-me8
ok "is told" says out 'file: kind full -> region'
has_exit 3 "one that is no image" fpt-dump --diff bad-text set
has_exit 2 "one that is not there" fpt-dump --diff nothing set

# real images
images=$MEKIT_SHARED/images
if [ ! -d "$images" ]; then
    echo "SKIPPED: no reference images (../shared/images)"
    finish
fi
for image in "$images"/*.bin; do
    name=$(basename "$image" .bin)
    has_exit 0 "$name" fpt-dump -v "$image"
    ok "$name: only printable text" [ "$(LC_ALL=C grep -c '[^ -~]' out)" -eq 0 ]
    has_exit 0 "$name: JSON" fpt-dump --json "$image"
    has_exit 0 "$name: picture" fpt-dump --svg "$image"
done
state_is() { cp "$images/$1.bin" in && [ "$(fpt-dump in | sed -n '1s/.*bytes//p')" = "$2" ]; }
for name in me-2.2-fpt-at-0 me-4.0-code me-5.0-code me-6.0-ignition me-6.1 me-7.1-stumpy me-8.0-link me-9.0 me-9.1 \
    me-9.5-hsw-book me-10.0-samus me-11.0-caroline me-11.8-x210 sps-2.2 txe-1.1-minnowmax txe-2.0-bsw; do
    ok "$name is stock" state_is $name '; state: stock'
done
ok "already cleaned" state_is me-8.1-x230-already-cleaned '; state: stripped, relocated, truncated'
ok "already cleaned, MFS kept" state_is me-11.6-librem-already-cleaned '; state: stripped'
has_exit 0 "HAP in the wrong strap" fpt-dump "$images/ifd-erying-tgl-h.bin"
ok "is a finding" says out 'strap-elsewhere: offset 0x100: PCH strap 0 is 00010000'
has_exit 0 "unlocked as another version" fpt-dump "$images/ifd-m900-damaged.bin"
ok "is a finding, too" says out 'master bios may write where it may not read (ffff0000)'
finish
