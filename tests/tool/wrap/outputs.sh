# SPDX-License-Identifier: MIT
# Where the outputs go: never two to one place, never over what is no regular file; and what is said when the tool
# before or behind has gone away.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
filters='ifd-unlock me-strip me-relocate me-extract'
all="$filters fpt-dump rsa-check"
forge good-full-me8 in.bin
cp in.bin keep.bin
is_document() { [ "$(jq -s length "$1" 2>/dev/null)" = 1 ]; }
command -v jq >/dev/null || is_document() { python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$1" 2>/dev/null; }
is_nothing() { [ ! -e "$1" ] && [ ! -h "$1" ]; }
# with_pipe COMMAND: its standard output is a pipe that nobody reads. Leaves the file piped: what it said.
mkfifo closed
with_pipe() {
    exec 4<>closed 5>closed
    exec 4>&-
    (exec "$@" >&5 5>&-) 2>piped
    got=$?
    exec 5>&-
    return $got
}

# Two outputs under one name.
mkdir made
ln -s made other
ln -s new dangling
for t in $filters; do
    for pair in 'new new' 'new ./new' 'new made/../new' 'made/new other/new' 'dangling new' "new $work/new"; do
        for names in '-o:--undo-record=' '-o:--json=' '--undo-record=:--json='; do
            for order in "${names%:*}${pair% *} ${names#*:}${pair#* }" "${names%:*}${pair#* } ${names#*:}${pair% *}"; do
                # shellcheck disable=SC2086
                has_exit 2 "$t $order" "$t" -q $order in.bin
                ok "$t $order: the reason is told" says err 'two outputs are the same file'
                ok "$t $order: nothing is written" is_nothing new
                ok "$t $order: nothing comes out" is_empty out
            done
        done
    done
    echo old >old
    ln -f old hard
    has_exit 2 "$t: two names of one file" "$t" -q -o old --undo-record hard in.bin
    ok "$t: it is as it was" [ "$(cat old)" = old ]
    has_exit 2 "$t: the record would be FILE.orig" "$t" -q --in-place --undo-record in.bin.orig in.bin
    has_exit 2 "$t: the output would replace standard input" sh -c "$t -q -o in.bin <in.bin"
    has_exit 2 "$t: image and record on standard output" "$t" -q --undo-record /dev/stdout in.bin
    has_exit 2 "$t: image and report on standard output" "$t" -q --json=/dev/fd/1 in.bin
    ok "$t: nothing comes out" is_empty out
    has_exit 0 "$t -n: the report alone on standard output" "$t" -q -n --json=/dev/stdout in.bin
    ok "$t -n: it is JSON" is_document out
    has_exit 0 "$t: names beside each other" "$t" -q -o made/new --undo-record made/new2 --json=new in.bin
    has_exit 2 "$t: the output would replace the record that is read" "$t" --undo made/new2 -o other/new2 made/new
    ok "$t: the record is there" says made/new2 '"window"'
    has_exit 0 "$t: what is lost may be lost together" "$t" -q -o /dev/null --json=/dev/null in.bin
    rm -f made/new made/new2 new
done
for t in fpt-dump rsa-check; do
    has_exit 2 "$t: image and report on standard output" "$t" --pass --json=/dev/stdout in.bin
    has_exit 0 "$t: the report on standard output" "$t" --json=/dev/stdout in.bin
done
has_exit 2 "--diff: the report would replace the other" fpt-dump --json=./keep.bin --diff keep.bin in.bin
has_exit 2 "--vote on the report's stream" rsa-check --vote /dev/stdout in.bin in.bin in.bin
has_exit 0 "a list says nothing else" me-extract --scan --json=/dev/stdout in.bin
has_exit 2 "--all: a report under a region's name" me-extract --all new --json=made/../new/flashregion_1_bios.bin in.bin
has_exit 2 "--all in a folder that is there" me-extract -q --all made --json=other/flashregion_1_bios.bin in.bin
ok "--all: nothing is written" [ -z "$(ls made)" ]

# --expect
for t in $filters; do
    sum=$("$t" -q in.bin | sha256sum | cut -d' ' -f1)
    has_exit 0 "$t -n --expect" "$t" -q -n --expect "$sum" in.bin
    ok "$t -n --expect writes nothing" is_empty out
    has_exit 1 "$t -n --expect of another" "$t" -n --expect "$(other_digit "$sum")" --json=plan in.bin
    ok "$t: the plan tells of it" says plan '"EXPECTATION"'
done
for way in '--all new' '--all-modules new' --scan; do
    # shellcheck disable=SC2086
    has_exit 2 "$way --expect" me-extract $way --expect "$sum" in.bin
    # shellcheck disable=SC2086
    has_exit 2 "$way --undo-record" me-extract $way --undo-record record in.bin
done
ok "nothing is written" is_nothing new

# In place.
gzip -k in.bin && xz -k in.bin
for t in me-strip ifd-unlock; do
    cp keep.bin place.bin
    has_exit 0 "$t --in-place" "$t" -q --in-place place.bin
    ok "$t: the original stays" is_same place.bin.orig keep.bin
done
ok "the first original stays to the end" is_same place.bin.orig keep.bin
for kind in gz xz; do
    cp in.bin.$kind packed
    has_exit 2 "--in-place on a packed file" me-strip --in-place packed
    ok "the reason is told" says err "packed with .*in place"
    ok "the file is as it was" is_same packed in.bin.$kind
    ok "no original is made" is_nothing packed.orig
done

# The input is never touched: not by way of standard output, not through a link to an open file.
for t in "${filters%% *}" fpt-dump 'rsa-check --pass'; do
    cp keep.bin place.bin
    has_exit 2 "$t FILE >>FILE" sh -c "$t -q place.bin >>place.bin"
    ok "$t: the reason is told" says err 'would change the input'
    has_exit 2 "$t FILE 1<>FILE" sh -c "$t -q place.bin 1<>place.bin"
    has_exit 2 "$t <FILE 1<>FILE" sh -c "$t -q <place.bin 1<>place.bin"
    ok "$t: the input is as it was" is_same place.bin keep.bin
done
ln -s /proc/self/fd/0 stdin
mkfifo fifo
for place in stdin fifo; do
    (cat keep.bin >fifo 2>broken || :) &
    has_exit 2 "--in-place $place" sh -c "me-strip -q --in-place $place <keep.bin"
    [ $place = fifo ] || cat fifo >copy
    wait
    ok "--in-place $place: no original is made" is_nothing $place.orig
done
ok "the link stays a link" [ "$(readlink stdin)" = /proc/self/fd/0 ]
rm -f fifo
printf 'mekit codebook\n' >book
cp book book.old
has_exit 2 "-o onto the codebook" me-strip -q --codebook book -o book in.bin
ok "the codebook is as it was" is_same book book.old
if [ -e /dev/full ]; then
    rm -f place.bin.orig
    cp keep.bin place.bin
    has_exit 2 "--in-place, and the record can't be written" me-strip -q --in-place --undo-record /dev/full place.bin
    ok "the file is as it was" is_same place.bin keep.bin
    ok "no original is left" is_nothing place.bin.orig
    echo first >place.bin.orig
    has_exit 2 "once more, beside an original" me-strip -q --in-place --undo-record /dev/full place.bin
    ok "that stays" [ "$(cat place.bin.orig)" = first ]
fi

# What is written into. The links are the test's own: root could replace those of /dev.
"${filters%% *}" -q in.bin >wanted
t=${filters%% *}
ln -s /proc/self/fd/1 stdout && ln -s stdout again && ln -s /dev/null null
for place in /dev/stdout /dev/fd/1 /proc/self/fd/1 stdout again; do
    has_exit 0 "-o $place to a file" "$t" -q -o "$place" in.bin
    ok "-o $place: the bytes" is_same out wanted
    "$t" -q -o "$place" in.bin | cat >out
    ok "-o $place to a pipe: the bytes" is_same out wanted
    (echo head && "$t" -q -o "$place" in.bin) >out
    ok "-o $place goes on where the stream stands" [ "$(tail -c +6 out | cmp - wanted && head -n 1 out)" = head ]
done
ok "links stay links" [ "$(readlink stdout) $(readlink again)" = "/proc/self/fd/1 stdout" ]
has_exit 0 "-o to a link to a device" "$t" -q -o null in.bin
ok "it is still a link" [ -h null ]
mkfifo pipe
cat pipe >out &
"$t" -q -o pipe in.bin
ok "-o to a FIFO" [ $? -eq 0 ]
wait
ok "-o to a FIFO: the bytes" is_same out wanted
ok "it is still a FIFO" [ -p pipe ]
ln -s pipe topipe
cat pipe >out &
"$t" -q --json=topipe -o new in.bin
wait
ok "a report to a FIFO behind a link" is_document out
ok "and its image to a file" is_same new wanted
ok "the link is still there" [ "$(readlink topipe)" = pipe ]
rm new
has_exit 2 "-o to a full device" "$t" -q --undo-record record -o /dev/full in.bin
ok "-o to a full device: no record stays" is_nothing record
has_exit 2 "-o to what is open for reading" sh -c "$t -q --undo-record record -o /dev/fd/5 in.bin 5<in.bin.gz"
has_exit 2 "-o to what is closed" "$t" -q -o /dev/fd/9 in.bin
has_exit 2 "-o to a folder behind a link" "$t" -q -o other in.bin
ok "the link is still there" [ -h other ]
mkdir regions && ln -s /dev/null regions/flashregion_1_bios.bin
has_exit 2 "--all over a link to a device" me-extract --all regions in.bin
ok "the link is still there" [ "$(ls regions)" = flashregion_1_bios.bin ]
ok "no temporary is left" [ -z "$(find . -name '*.tmp')" ]
ok "no record is left" is_nothing record

# Packed in several pieces.
head -c 50000 in.bin | gzip >two.gz && tail -c +50001 in.bin | gzip >>two.gz
head -c 50000 in.bin | xz >two.xz && tail -c +50001 in.bin | xz >>two.xz
(cat in.bin.gz && printf '' | gzip && printf '' | gzip) >empty.gz
(printf '' | gzip && cat in.bin.gz) >first.gz
for name in two.gz two.xz empty.gz first.gz; do
    has_exit 0 "$name" "$t" -q "$name"
    ok "$name: the bytes" is_same out wanted
done
(cat in.bin.gz && printf junk) >junk.gz
(cat in.bin.gz && printf '\037\213\010') >start.gz
head -c -9 two.gz >cut.gz
(head -c -6 in.bin.gz && head -c 6 two.gz && cat two.gz) >sum.gz
for name in junk start cut sum; do has_exit 3 "$name.gz" "$t" $name.gz; done
dd if=/dev/zero bs=1M count=5 status=none | gzip >part.gz
cat part.gz part.gz part.gz >bomb.gz
has_exit 2 "pieces that are too large together" "$t" --max-size 12M bomb.gz
ok "the cap is told" says err 'larger than the limit'

# The tool before has failed.
for t in $all; do
    has_exit 3 "$t behind a tool that failed" sh -c ": | $t"
    ok "$t: one line" [ "$(wc -l <err)" -eq 1 ]
    ok "$t: it is not the image's fault" says err 'no data came from the previous tool'
    has_exit 3 "$t: an empty file" sh -c "$t </dev/null"
    ok "$t: a file is no tool" [ "$(grep -c 'tool before' err)" -eq 0 ]
done

# The next tool of the pipeline has ended.
for c in fpt-dump 'fpt-dump --json' 'fpt-dump --svg' rsa-check 'rsa-check --json' 'me-extract --scan'; do
    # shellcheck disable=SC2086
    with_pipe $c in.bin
    ok "$c: a pipe that nobody reads ends it" [ $? -eq 141 ]
    ok "$c: quietly" is_empty piped
    # shellcheck disable=SC2086
    (trap '' PIPE && with_pipe $c in.bin)
    ok "$c: unless that is ignored" [ $? -eq 2 ]
    ok "$c: then it is told" says piped 'could not be written'
done
for t in $all; do
    with_pipe "$t" --help
    ok "$t --help ends" [ $? -eq 141 ]
    ok "$t --help: quietly" is_empty piped
done
for c in $filters 'fpt-dump --pass' 'rsa-check --pass'; do
    # shellcheck disable=SC2086
    with_pipe $c -q in.bin
    ok "$c: an image that nobody reads is a failure" [ $? -eq 2 ]
    ok "$c: and that is told" says piped 'Broken pipe'
done

# JSON on standard error.
head -c 200 in.bin >short
for t in $filters 'fpt-dump --pass' 'rsa-check --pass'; do
    for words in in.bin nowhere short two.gz cut.gz '--no-such-option in.bin' '--max-size 1K in.bin' '--platform vax in.bin' '-v in.bin'; do
        # shellcheck disable=SC2086
        $t --json $words >out 2>err
        ok "$t --json $words: one document" is_document err
    done
    # shellcheck disable=SC2086
    has_exit 2 "$t --json to a full disk" sh -c "$t --json in.bin >/dev/full"
    ok "$t --json to a full disk: one document" is_document err
    ok "$t --json to a full disk: it tells" says err '"IO"'
    # shellcheck disable=SC2086
    has_exit 2 "$t --json that can't be told" sh -c "$t --json in.bin 2>/dev/full"
    ok "$t: no image without its report" is_empty out
done
for words in "-n --expect $(other_digit "$sum")" '--undo in.bin' '--undo-record nowhere/x' '--in-place -o x' '-o in.bin'; do
    # shellcheck disable=SC2086
    me-strip --json $words in.bin >out 2>err && echo "me-strip $words succeeds"
    ok "me-strip --json $words: one document" is_document err
done
for words in --scan --scan=1 --scan=9 --scan=x '--all a' '--all-modules b' '--all-modules c --decompress' '-p XXXX' '-m FTPR/BUP --decompress' '--all a --scan'; do
    # shellcheck disable=SC2086
    me-extract --json $words in.bin >out 2>err
    [ ! -s err ] || ok "me-extract --json $words: one document" is_document err
done
has_exit 1 "nothing found" me-extract --scan --json short
ok "nothing found: one document" is_document err
has_exit 0 "--all --json" me-extract --all a --json in.bin
ok "--all --json tells the files" says err '"flashregion_2_intel_me.bin"'
ok "no input was changed" is_same in.bin keep.bin
finish
