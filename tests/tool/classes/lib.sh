# SPDX-License-Identifier: MIT
# What the rows of classes.tsv make and run beside the tools themselves. Read by classes.sh; each in a folder of its own.
filters='ifd-unlock me-strip me-relocate me-extract'
all="$filters fpt-dump rsa-check"

# A tool that is refused memory must say so: what it may have is what any image of this size needs. ASan's own shadow
# is larger than every limit.
limited() {
    [ "${MEKIT_SANITIZED:-OFF}" = ON ] || ulimit -v 400000
    "$@"
}

# complain TEXT: the reason why a row fails that is more than one run
complain() {
    echo "wrong: $1" >&2
    exit 99
}

# Every tool with these arguments: each ends with the same status, and its words go out.
every() {
    status=''
    for t in $all; do
        "$t" -q "$@" >part 2>words
        s=$?
        cat words >&2
        case $t in rsa-check | fpt-dump) ;; *) [ $s -eq 0 ] || [ ! -s part ] || complain "$t wrote" ;; esac
        [ "${status:=$s}" -eq $s ] || complain "$t: exit $s, not $status"
    done
    return "$status"
}

# each_prefix STEP BYTES: every tool at every length of the head; the rest of the image is left off
each_prefix() {
    n=0
    while [ $n -lt "$2" ]; do
        head -c $n in >short
        for t in me-strip me-extract rsa-check; do
            "$t" -q short >part 2>words
            s=$?
            [ $s -le 5 ] || complain "$t, cut at $n: exit $s"
            [ $s -eq 0 ] || [ -s words ] || grep -q offset part || complain "$t, cut at $n: exit $s without a word"
            [ $s -eq 0 ] || [ "$t" = rsa-check ] || [ ! -s part ] || complain "$t, cut at $n: wrote"
        done
        n=$((n + $1))
    done
    echo "every length was tried"
}

# unpack PART/NAME: me-extract of a module's code, with the made-up codebook
unpack() { me-extract -q --decompress --codebook "$work/forged.codebook" -m "$1" in; }

# book LINE: the made-up codebook with this sed command done to it
book() {
    sed "$1" "$work/forged.codebook" >book
    me-extract -q --convert-codebook book
}

bomb() { # KIND SIZE: zeros, packed; the limit is far above what is packed
    head -c 30000000 /dev/zero | "$1" >bomb
    [ "$(wc -c <bomb)" -lt 60000 ] || complain 'not much of a bomb'
    limited every --max-size "$2" bomb
}

nested_codebook() {
    awk 'BEGIN {printf "{\"11\": "; for (i = 0; i < 200000; i++) printf "["}' >book
    limited me-extract --convert-codebook book
}

# Never more bytes than there were.
no_growth() {
    for t in 'me-strip' 'me-relocate' 'me-extract -t' 'me-extract'; do
        [ "$($t -q in | wc -c)" -le "$(wc -c <in)" ] || complain "$t: grows"
    done
    echo "none has grown"
}

huge_undo() { # a record that asks for 4 GiB
    me-strip -q --undo-record record -o done in || return
    grep -q '"input":{"size":[0-9]' record || complain 'no size in the record'
    sed 's/"input":{"size":[0-9]*/"input":{"size":4294967296/' record >huge
    limited me-strip -q --undo huge done
}

milliseconds() { echo $(($(date +%s%N) / 1000000)); }
# timed COMMAND...: how long it takes, in milliseconds; the best of three, as others work here too
timed() {
    best=''
    for _ in 1 2 3; do
        start=$(milliseconds)
        "$@" >/dev/null 2>&1
        took=$(($(milliseconds) - start))
        [ -n "$best" ] && [ "$best" -le $took ] || best=$took
    done
    echo "$best"
}

# Twice as many tables, pointers or modules may take at most three times as long; the start of the process is not counted.
doubled() {
    awk 'BEGIN {for (i = 0; i < 60000; i++) printf "$CPD%-28s", i}' >once
    cat once once >twice
    awk 'BEGIN {for (i = 0; i < 4096; i++) printf "%-16s$FPT\001\001\001\001%-40s", "", ""}' | tr '\001' '\000' >tables
    cat tables tables >more
    for pair in 'once twice' 'tables more'; do
        set -- $pair
        short=$(timed me-extract --scan "$1") long=$(timed me-extract --scan "$2")
        [ "$long" -le $((3 * short + 60)) ] || complain "$1: $short ms, twice as much: $long ms"
    done
    echo "twice as much takes about twice as long"
}

# A damaged stream does not affect the next one: the other modules are the same as from the good image.
fresh_state() {
    forge good-me11 good
    me-extract -q --all-modules right --decompress --codebook "$work/forged.codebook" good 2>words ||
        complain 'the good image does not unpack'
    me-extract --all-modules left --decompress --codebook "$work/forged.codebook" in 2>said >&2
    s=$?
    cat said >&2
    [ "$(find right -type f | wc -l)" -gt 10 ] || complain 'hardly a module'
    for f in right/*; do
        case $f in *FTPR*vfs.code) [ ! -e "left/${f#right/}" ] || complain 'code came of a damaged stream' ;;
        *FTPR.man*) ;; *) cmp -s "$f" "left/${f#right/}" || complain "$f differs" ;; esac
    done
    return $s
}

# calls TOOL...: it tells of what it may not call
calls() {
    LD_PRELOAD="$work/calls.so" ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 "$@"
}

# That the calls are seen is tried on chmod(1) first, which makes one.
never_calls() {
    calls chmod 600 in 2>said && complain 'chmod is let through'
    grep -q 'forbidden: fchmodat' said || complain 'chmod is not seen'
    calls "$@" >part 2>said || complain "exit $?: $(cat said)"
    ! grep -q forbidden said || complain "$(grep forbidden said)"
    echo "never calls what is forbidden"
}

# One allocation after the other fails: the tool says so, and nothing comes out.
no_memory() {
    if [ "${MEKIT_SANITIZED:-OFF}" = ON ]; then # ASan has its own malloc, and a limit on it ends the run
        unpack "$1" >part && echo "told each time"
        return
    fi
    mkdir start && cp in start && echo '40 memory:ENOMEM' >plan
    MEKIT_WRAP_LIBRARY=$MEKIT_BUILD/tests/tool/wrap/wrap.so "$MEKIT_BUILD/tests/tool/wrap/driver" plan \
        me-extract --no-sandbox -q --decompress -m "$1" in >said || complain "$(cat said)"
    awk '/^memory/ {hits = $3} END {exit hits <= 3}' said || complain "no allocation failed"
    echo "told each time"
}

# Only plain files, no deeper than the folder, and of names that no terminal or shell minds.
plain_names() {
    me-extract -q --all-modules here/out in 2>&1
    s=$?
    [ "$(find here/out -type f | wc -l)" -gt 3 ] || complain 'hardly a module'
    [ -z "$(find . ! -type f ! -type d)" ] || complain 'not only files and folders'
    [ "$(find . -name 'in' -o -type f -print | grep -vcE '^\./here/out/[A-Za-z0-9_-][A-Za-z0-9._-]*$')" -eq 0 ] ||
        complain "a name: $(find . -type f)"
    [ -z "$(find here/out -perm /7111 -type f -print)" ] || complain 'modes'
    find here/out -type f
    return $s
}

# A link at the name of the output is replaced, and its target is not changed.
planted() {
    echo precious >precious
    mkdir regions
    for link in out regions/flashregion_1_bios.bin; do ln -s "$PWD/precious" $link; done
    ln -s "$PWD/new" dangling
    me-extract -q -o out in && me-extract -q -o dangling in && me-extract -q --all regions in || return
    [ "$(cat precious)" = precious ] || complain 'what the link leads to was overwritten'
    [ ! -e new ] || complain 'a dangling link was followed'
    [ -z "$(find . -type l)" ] || complain 'a link is left'
    echo "links are replaced"
}

# No byte that a terminal acts on, in words and reports, good or bad.
printable() {
    for c in 'fpt-dump -v' 'rsa-check -v' 'me-strip -v -n' 'me-extract --scan' 'fpt-dump --svg' \
        'fpt-dump --json' 'rsa-check --json' 'me-extract -m FTPR/none' 'me-extract --all-modules out'; do
        $c "$1" >words 2>&1
        [ -s words ] || complain "$c says nothing"
        [ "$(LC_ALL=C tr -d ' -~\n' <words | wc -c)" -eq 0 ] || complain "$c: $(LC_ALL=C tr -d ' -~\n' <words | od -c | head -n 1)"
    done
    fpt-dump -v "$1"
}

# A strict parser takes the report: jansson's, in me-extract, and that it is no codebook is what it then says.
strict_json() {
    for c in 'fpt-dump --json' 'rsa-check --json' 'me-extract --json -n' 'me-extract --json --scan' \
        'me-strip --json -n' 'fpt-dump --json --diff in'; do
        $c in >report 2>&1
        me-extract --convert-codebook report 2>words && complain "$c: a codebook"
        grep -q 'a codebook without' words || complain "$c: $(cat words)"
    done
    echo '{"a": 1' >report
    me-extract --convert-codebook report 2>words
    ! grep -q 'a codebook without' words || complain 'any text will do'
    echo "six reports parse"
}

one_line() { # NAME: whatever is wrong with a file of this name is told in one line
    cp in "./$1"
    for t in $all; do
        "$t" "./$1" 2>words >part
        [ "$(wc -l <words)" -eq 1 ] || complain "$t: $(wc -l <words) lines"
        [ "$(LC_ALL=C tr -d ' -~\n' <words | wc -c)" -eq 0 ] || complain "$t: raw bytes"
        cat words >&2
    done
    return 3
}

dashes() { # a file whose name begins with a dash
    cp in ./-o
    for t in $all; do "$t" -q -- -o >part || complain "$t: exit $?"; done
    echo "six tools read it"
}

same_file() { # the output is the input, by its name, another, and a link
    cp in keep
    ln in hard
    ln -s in soft
    for t in $filters; do
        for name in in ./in hard soft; do
            "$t" -q -o $name in 2>words
            s=$?
            [ $s -eq 2 ] && grep -q 'would replace the input' words || complain "$t -o $name: exit $s"
        done
    done
    cat words >&2
    cmp -s in keep || complain 'the input was touched'
    return 2
}

full() { # SINK: a write that fails is told, by all
    for t in $filters 'rsa-check --pass' 'fpt-dump --pass' 'fpt-dump --json' 'rsa-check'; do
        if [ "$1" = full ]; then $t in >/dev/full 2>>words; else $t in >&- 2>>words; fi
        s=$?
        [ $s -eq 2 ] || complain "$t: exit $s"
    done
    cat words >&2
    return 2
}

unfinished() { # a write that breaks off, and a signal in the middle, leave no file
    (ulimit -f 8; me-strip -q -o out in) && complain 'no limit'
    [ -z "$(find . ! -name in -type f)" ] || complain 'something is left'
    mkfifo pipe
    forge good-full-me8 big
    me-strip -q -o out pipe 2>/dev/null &
    exec 3>pipe
    kill -TERM $!
    wait $! 2>/dev/null
    exec 3>&-
    [ -z "$(find . -name 'out*')" ] || complain 'something is left of a killed run'
    echo "nothing is left"
}

pipes() { # the same from a pipe, in pieces, as from a file
    for t in $filters; do
        "$t" -q in >wanted || complain "$t: exit $?"
        (head -c 1 && sleep 0.05 && head -c 70000 && cat) <in | "$t" -q >part || complain "$t from a pipe: exit $?"
        cmp -s part wanted || complain "$t: other bytes"
    done
    echo "the same bytes"
}

# The tool stands at a full pipe with its answer; meanwhile its input is cut to nothing.
pulled_away() {
    me-strip -q in >wanted || return
    [ "$(wc -c <wanted)" -gt 66000 ] || complain 'the pipe takes it all'
    mkfifo pipe
    me-strip -q in >pipe &
    exec 3<pipe
    sleep 0.2
    : >in
    cat <&3 >part
    exec 3<&-
    wait $! || complain "exit $?"
    cmp -s part wanted || complain 'other bytes'
    echo "the same bytes"
}

good_images() { # no image that is good is refused
    for f in "$work"/good/*; do
        n=${f##*/}
        fpt-dump -q "$f" 2>words || complain "fpt-dump $n: exit $?: $(cat words)"
        case $n in good-ifd-* | good-full-me-disabled | good-full-me-erased) continue ;; esac
        rsa-check -q "$f" 2>words
        status=$?
        # A lone descriptor has nothing to verify.
        [ $status -eq 4 ] && [ "$(wc -c <"$f")" -le 16384 ] && continue
        [ $status -eq 0 ] || complain "rsa-check $n: exit $status: $(cat words)"
    done
    echo "all are taken"
}
