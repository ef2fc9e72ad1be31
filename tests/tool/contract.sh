# SPDX-License-Identifier: MIT
# The filter contract: the same for all tools.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
tell_tools
forge good-full-me8 in.bin
forge bad-signature bad.bin
printf x >one
printf '%020d' 0 >twenty
echo 'not an image' >text
: >empty

for t in $all; do
    has_exit 0 "$t --help" "$t" --help
    for word in usage: --json --platform --max-size --quiet --verbose 'exit status'; do
        ok "$t --help tells of $word" says out "$word"
    done
    ok "$t --help is on standard output" is_empty err
    has_exit 0 "$t -V" "$t" -V
    ok "$t -V names mekit" says out mekit
    has_exit 2 "$t: unknown option" "$t" --no-such-option in.bin
    ok "$t: one line that leads on" says err 'Try --help'
    has_exit 2 "$t: unknown letter" "$t" -Z in.bin
    has_exit 2 "$t: missing file" "$t" no-such-file
    has_exit 2 "$t: a folder as input" "$t" .
    has_exit 2 "$t: closed standard input" sh -c "$t <&-"
    has_exit 2 "$t: --max-size" "$t" --max-size 1K in.bin
    for size in lots 0 1X 99999999999999999999 0x5555555555555556; do
        has_exit 2 "$t: --max-size $size" "$t" --max-size $size in.bin
        ok "$t: --max-size $size is no size" says err 'not a size'
    done
    has_exit 0 "$t: --max-size: 0 in front means nothing" "$t" -q --max-size 010M in.bin
    has_exit 2 "$t: --platform that is none" "$t" --platform vax in.bin
    for bad in empty one twenty text; do
        has_exit 3 "$t: $bad" "$t" "$bad"
        ok "$t: $bad: nothing on standard output" is_empty out
        ok "$t: $bad: the reason is named" says err "$t: $bad: "
        has_exit 3 "$t: $bad from a pipe" sh -c "cat $bad | $t"
    done
    has_exit 0 "$t reads standard input" sh -c "$t -q <in.bin"
    mv out first
    has_exit 0 "$t reads a file" "$t" -q in.bin
    [ "$t" = rsa-check ] || ok "$t: the same from a file and from standard input" is_same out first
    has_exit 0 "$t reads -" sh -c "cat in.bin | $t -q -"
    has_exit 0 "$t: one byte at a time" sh -c "dd if=in.bin bs=1000 status=none | $t -q"
    gzip -k -f in.bin
    xz -k -f in.bin
    has_exit 0 "$t: gzip" "$t" -q in.bin.gz
    case $t in fpt-dump | rsa-check) ;; *) ok "$t: gzip gives the same" is_same out first ;; esac
    has_exit 0 "$t: xz" "$t" -q in.bin.xz
    head -c 3000 in.bin.gz >cut.gz
    has_exit 3 "$t: gzip cut off" "$t" -q cut.gz
    (cat in.bin.xz; printf junk) >more.xz
    has_exit 3 "$t: xz goes on" "$t" -q more.xz
    dd if=/dev/zero bs=1M count=30 status=none | gzip >bomb.gz
    has_exit 2 "$t: a bomb is not unpacked beyond --max-size" "$t" -q --max-size 8M bomb.gz
done

for t in $filters; do
    cp in.bin keep.bin
    has_exit 2 "$t: full disk" sh -c "$t -q in.bin >/dev/full"
    has_exit 2 "$t: closed standard output" sh -c "$t -q in.bin >&-"
    has_exit 0 "$t: standard output" "$t" -q in.bin
    ok "$t -q says nothing" is_empty err
    mv out wanted
    has_exit 0 "$t -o" "$t" -q -o out.bin in.bin
    ok "$t -o: the same bytes" is_same out.bin wanted
    has_exit 0 "$t -O over an existing file" "$t" -q -O out.bin in.bin
    ok "$t -O: the same bytes" is_same out.bin wanted
    ln -sf target.bin link.bin
    has_exit 0 "$t -o onto a link" "$t" -q -o link.bin in.bin
    ok "$t -o replaces the link, not what it leads to" [ ! -e target.bin ]
    has_exit 2 "$t: output = input" "$t" -q -o in.bin in.bin
    ln -f in.bin hard.bin
    has_exit 2 "$t: output = input by another name" "$t" -q -o hard.bin in.bin
    has_exit 2 "$t: -o onto a folder" "$t" -q -o . in.bin
    has_exit 2 "$t: -o into nowhere" "$t" -q -o no/such/file in.bin
    has_exit 2 "$t: file size limit" sh -c "ulimit -f 8; $t -q -o big.bin in.bin"
    ok "$t: nothing is left of a failed -o" [ ! -e big.bin ]
    ok "$t: no temporary is left" [ -z "$(find . -name '*.tmp')" ]
    has_exit 0 "$t -n" "$t" -n in.bin
    ok "$t -n writes nothing" is_empty out
    has_exit 0 "$t --json" "$t" --json in.bin
    ok "$t --json is on standard error" says err '"schema": "mekit/1"'
    has_exit 0 "$t --json=FILE" "$t" --json=plan.json in.bin
    ok "$t --json=FILE" says plan.json '"edits"'
    sum=$(sha256sum <wanted | cut -d' ' -f1)
    has_exit 0 "$t --expect" "$t" -q --expect "$sum" in.bin
    has_exit 1 "$t --expect of another" "$t" -q --expect "$(other_digit "$sum")" in.bin
    ok "$t --expect: nothing is written" is_empty out
    has_exit 0 "$t --undo-record" "$t" -q --undo-record undo.json -o done.bin in.bin
    has_exit 0 "$t --undo" "$tools/$t" -q --undo undo.json done.bin
    ok "$t --undo gives the input back" is_same out in.bin
    has_exit 0 "$t -n --undo" "$tools/$t" -q -n --undo undo.json done.bin
    ok "$t -n --undo writes nothing" is_empty out
    has_exit 5 "$t --undo of another image" "$tools/$t" -q --undo undo.json bad.bin
    has_exit 2 "$t --undo with no record" "$tools/$t" -q --undo text done.bin
    has_exit 2 "$t --in-place with -o" "$t" --in-place -o x in.bin
    has_exit 2 "$t --in-place without FILE" sh -c "$t --in-place <in.bin"
    cp in.bin place.bin
    rm -f place.bin.orig
    has_exit 0 "$t --in-place" "$t" -q --in-place place.bin
    ok "$t --in-place: the same bytes" is_same place.bin wanted
    if is_different in.bin wanted; then
        ok "$t --in-place keeps the original" is_same place.bin.orig in.bin
        cp in.bin place.bin
        echo first >place.bin.orig
        has_exit 0 "$t --in-place goes on where there is an .orig" "$t" -q --in-place place.bin
        ok "$t --in-place: the same bytes again" is_same place.bin wanted
        ok "$t --in-place never replaces an .orig" [ "$(cat place.bin.orig)" = first ]
    fi
    has_exit 0 "$t again" "$t" -q in.bin
    ok "$t: the same input gives the same bytes" is_same out wanted
    has_exit 2 "$t: two files" "$t" in.bin in.bin
    ok "$t: the input was never touched" is_same in.bin keep.bin
done
for t in $edits; do
    "$t" -q in.bin >first
    "$t" -q first >second
    ok "$t: a second run changes nothing" is_same first second
done

for t in $reports; do
    has_exit 2 "$t: report to a full disk" sh -c "$t in.bin >/dev/full"
    has_exit 2 "$t: report to a closed stream" sh -c "$t in.bin >&-"
    has_exit 0 "$t --pass" "$t" --pass in.bin
    ok "$t --pass copies the input" is_same out in.bin
    ok "$t --pass reports on standard error" [ -s err ]
    has_exit 3 "$t --pass on text" "$t" --pass text
    ok "$t --pass: nothing comes out of a failed check" is_empty out
    has_exit 0 "$t --json" "$t" --json in.bin
    ok "$t --json" says out '"schema": "mekit/1"'
    has_exit 3 "$t --json on text" "$t" --json text
    ok "$t --json tells of the error" says out '"error"'
done
has_exit 1 "rsa-check --pass: a bad signature" rsa-check --pass bad.bin
ok "rsa-check --pass: nothing comes out" is_empty out
finish
