# SPDX-License-Identifier: MIT
# Every mode of every tool does inside the sandbox what it does with --no-sandbox: status, streams, and the files that
# are there afterwards.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
tell_tools
mkdir start start/made
(
    cd start || exit 2
    forge good-full-me8 in.bin
    forge good-full-me11 other.bin
    forge bad-signature bad.bin
    gzip -k in.bin
    xz -k in.bin
    head -c 3000 in.bin.gz >cut.gz
    ln -s in.bin link.bin
    # With this libcrypto would have no digests: it is not read at all.
    printf '%s\n' 'openssl_conf = main' '[main]' 'providers = all' '[all]' 'base = base' '[base]' 'activate = 1' >base.cnf
    for t in $filters; do
        "$t" -q --undo-record "$t.undo" -o "$t.out" in.bin || echo "$t failed" >&2
    done
) || exit 2

# run FOLDER COMMAND: leaves FOLDER.status, FOLDER.out, FOLDER.err
run() {
    rm -rf "$1"
    cp -a start "$1"
    (cd "$1" && sh -c "$2" >"../$1.out" 2>"../$1.err")
    echo $? >"$1.status"
}

# alike STATUS COMMAND: @ in it stands for --no-sandbox or nothing
alike() {
    run inside "$(echo "$2" | sed 's/ @//g')"
    run outside "$(echo "$2" | sed 's/@/--no-sandbox/g')"
    ok "$2: exit $1, not $(cat inside.status): $(tail -n 1 inside.err)" [ "$(cat inside.status)" -eq "$1" ]
    ok "$2: the same status" is_same inside.status outside.status
    ok "$2: the same output" is_same inside.out outside.out
    ok "$2: the same words" is_same inside.err outside.err
    ok "$2: the same files" diff -r --no-dereference inside outside
    ok "$2: no temporary" [ -z "$(find inside -name '*.tmp')" ]
}

for t in $all; do
    alike 0 "$t @ in.bin"
    alike 0 "$t @ <in.bin"
    alike 0 "cat in.bin | $t @ -"
    alike 0 "$t @ in.bin.gz"
    alike 0 "$t @ in.bin.xz"
    alike 3 "$t @ cut.gz"
    alike 2 "$t @ nowhere"
    alike 0 "$t @ --json in.bin"
    alike 0 "$t @ --json=made/report.json in.bin"
    alike 0 "$t @ -q --json=new.json <in.bin.xz"
    alike 2 "$t @ --json=nowhere/report.json in.bin"
    alike 0 "exec 3<in.bin 4<in.bin 5<in.bin 6<in.bin 7<in.bin 8<in.bin 9<in.bin; $t @ --json=made/report.json in.bin"
done
for t in $filters; do
    alike 0 "$t @ -o new.bin in.bin"
    alike 0 "$t @ -o made/new.bin in.bin.gz"
    alike 0 "$t @ -o ../inside.beside in.bin && rm ../inside.beside"
    alike 0 "$t @ -o link.bin other.bin"
    alike 2 "$t @ -o nowhere/new.bin in.bin"
    alike 2 "$t @ -o made in.bin"
    alike 2 "$t @ -o in.bin in.bin"
    alike 2 "$t @ -n -o in.bin in.bin"
    alike 2 "$t @ in.bin >/dev/full"
    alike 2 "ulimit -f 8; $t @ -o new.bin in.bin"
    alike 0 "$t @ -n --json=made/plan.json -o new.bin in.bin"
    alike 0 "$t @ --in-place in.bin"
    alike 0 "$t @ -q --in-place --json=made/plan.json --undo-record=made/undo in.bin"
    alike 2 "$t @ -q --in-place --json=made/plan.json --undo-record=made/undo in.bin.gz"
    alike 0 "echo first >in.bin.orig; $t @ --in-place in.bin && cat in.bin.orig"
    alike 2 "mkdir in.bin.orig; $t @ --in-place other.bin && $t @ --in-place in.bin && $t @ nowhere"
    alike 0 "$t @ -o /dev/null in.bin"
    alike 0 "$t @ -o /dev/fd/1 in.bin"
    alike 0 "$t @ -q -o /dev/stdout in.bin >made/new.bin"
    alike 0 "mkfifo made/fifo; cat made/fifo >made/got & $t @ -o made/fifo in.bin; wait; rm made/fifo"
    alike 0 "$t @ -q -o /dev/fd/5 --undo-record /dev/fd/6 --json=/dev/stderr in.bin 5>made/new 6>made/undo"
    alike 2 "$t @ -o /dev/full in.bin"
    alike 1 "$t @ -n --expect $(printf %064d 0) in.bin"
    alike 2 "$t @ --json --undo-record new -o ./new in.bin"
    alike 2 "$t @ --json in.bin >/dev/full"
    alike 0 "$t @ --in-place link.bin"
    alike 2 "$t @ --in-place - <in.bin"
    alike 0 "$t @ --undo-record made/undo in.bin"
    alike 0 "$t @ --undo-record undo -o new.bin --json=made/plan.json <in.bin"
    alike 0 "$tools/$t @ --undo $t.undo $t.out"
    alike 0 "$tools/$t @ --undo $t.undo -o new.bin <$t.out"
    alike 2 "$tools/$t @ --undo nowhere $t.out"
    alike 2 "$tools/$t @ --undo made $t.out"
    alike 1 "$t @ --expect $(printf %064d 0) -o new.bin in.bin"
done
for folder in made new made/new new/ ../inside.all link; do
    alike 0 "[ $folder != link ] || ln -s made link; me-extract @ --all $folder in.bin && find $folder/ | sort &&
        cat $folder/* | sha256sum && [ $folder != ../inside.all ] || rm -r $folder"
done
alike 2 "me-extract @ --all nowhere/new in.bin"
alike 2 "me-extract @ --all in.bin in.bin"
alike 0 "me-extract @ -n --all new in.bin"
alike 0 "me-extract @ --json --all new in.bin"
alike 2 "me-extract @ --json=made/./flashregion_1_bios.bin --all made in.bin"
alike 0 "me-extract @ -t in.bin"
alike 0 "me-strip @ -S -d in.bin"
alike 0 "me-relocate @ --reclaim in.bin"
alike 0 "fpt-dump @ --diff in.bin.xz in.bin"
alike 0 "fpt-dump @ --diff - in.bin <in.bin.gz"
alike 1 "fpt-dump @ --json=made/diff.json --diff other.bin in.bin"
alike 2 "fpt-dump @ --diff nowhere in.bin"
alike 2 "fpt-dump @ --diff made in.bin"
alike 0 "fpt-dump @ --layout in.bin"
alike 0 "fpt-dump @ --svg in.bin"
alike 0 "fpt-dump @ -v other.bin 2>/dev/null"
alike 0 "fpt-dump @ --pass in.bin.gz"
alike 0 "rsa-check @ --pass --json=made/report.json in.bin"
alike 0 "rsa-check @ in.bin in.bin.gz in.bin.xz"
alike 1 "rsa-check @ --json=made/report.json in.bin other.bin bad.bin"
alike 0 "OPENSSL_CONF=base.cnf rsa-check @ in.bin"
alike 0 "rsa-check @ --pass in.bin | ifd-unlock @ | me-strip @ -S -d | me-relocate @ | tee clean | me-extract @ -t"
alike 0 "head -c 4096 other.bin >pd.bin; ifd-insert @ bios=pd.bin in.bin"
alike 2 "ifd-insert @ me=nowhere in.bin"
alike 2 "ifd-insert @ -o in.bin me=in.bin other.bin"
alike 0 "fpt-dump --layout in.bin >l.txt; ifd-layout @ --layout l.txt in.bin"
alike 2 "ifd-layout @ --layout nowhere in.bin"
alike 0 "ifd-layout @ --print in.bin"
finish
