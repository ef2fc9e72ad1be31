# What surrounds a tool goes wrong: streams, disk, memory, signals. A run that can't do its work ends with 2 and a
# message; nothing is on standard output or under the names it was given, no temporary is left, no input is touched.
# tests/tool/wrap/trial judges: each row first has to succeed by itself, then meets each fault at each place.
[ -w /dev/shm ] && [ -z "${TMPDIR:-}" ] && export TMPDIR=/dev/shm # a disk that syncs takes four times as long
here=$(cd "$(dirname "$0")" && pwd) || exit 2
. "$here/../lib.sh"
MEKIT_BUILD=${MEKIT_BUILD:-$tools/..}
PATH=$MEKIT_BUILD/tests/tool/wrap:$PATH
export MEKIT_WRAP_LIBRARY="$MEKIT_BUILD/tests/tool/wrap/wrap.so"
export ASAN_OPTIONS=detect_leaks=0 # as the alarm does, it would take a run for a failed one
cd "$work" || exit 2
filters='ifd-unlock me-strip me-relocate me-extract'

mkdir start start/made start/many
(
    cd start || exit 2
    forge good-full-me8 in.bin
    forge good-full-me11 other.bin
    forge good-csme12 csme.bin
    forge --codebook >forged.codebook
    gzip -k in.bin
    xz -k in.bin
    echo old >old.bin
    ln -s old.bin link.bin
    for t in $filters; do
        "$t" -q --undo-record "$t.undo" -o "$t.out" in.bin || exit 2
    done
) || exit 2

# Rows: how much is tried (a: each call, c: also each allocation and bytes here and there, e: also each of the first
# bytes; p: like c, and it writes several files, of which some may be there), then what is run.
rows() {
    for t in $filters; do
        cat <<ROWS
c $t -o new.bin <in.bin
a $t --undo-record made/undo --json=made/report.json -o old.bin in.bin.gz
a $t --in-place in.bin
a $t --in-place --undo-record=made/undo --json=made/report.json in.bin
a $t --json --undo-record made/undo in.bin
a $t -n --json=made/report.json in.bin
c $t --undo $t.undo -O link.bin $t.out
ROWS
    done
    cat <<ROWS
e ifd-unlock -q -o new.bin in.bin
c me-strip -S -d in.bin.xz
c me-relocate -q --undo-record made/undo --json=made/report.json -o old.bin in.bin.gz
a me-relocate --in-place --undo-record=made/undo --json=made/report.json me-strip.out
a me-extract -t in.bin
p me-extract --all made in.bin
p me-extract --all-modules new csme.bin
c me-extract --decompress --codebook forged.codebook -m FTPR/BUP in.bin
a me-extract --convert-codebook forged.codebook
c fpt-dump -v in.bin
a fpt-dump --json csme.bin
c fpt-dump --json=made/finding.json --pass in.bin
a fpt-dump --layout <in.bin
a fpt-dump --svg in.bin
a fpt-dump --diff other.bin in.bin
c rsa-check -v in.bin
c rsa-check -v --codebook forged.codebook csme.bin
a rsa-check --pass --json=made/finding.json <in.bin
a rsa-check in.bin in.bin.xz
ROWS
}

# Faults: the rows that meet them, how many places are tried in each, and the fault.
faults() {
    for fault in 0- 1- 2- 0-1-2- 1f 2f '1|' '2|'; do echo "acep 1 $fault"; done
    cat <<FAULTS
cp 16 fsize
e 800 fsize
FAULTS
}
wrapped_faults() {
    cat <<FAULTS
cep 320 memory:ENOMEM
cep 16 memory+:ENOMEM
cep 20 bytes:ENOSPC
acep 1 read:short
acep 1 write:short
acep 1 read:EINTR
acep 1 write:EINTR
acep 4 read:EIO
acep 8 open:EMFILE
acep 8 write:EIO
cep 8 write+:nothing
cep 8 fsync:EIO
acep 8 fchmod:EPERM
acep 8 close:EIO
acep 8 rename:EACCES
acep 8 link:EPERM
acep 8 mkdir:EACCES
acep 8 open:SIGTERM
cep 8 write:SIGINT
cep 8 fsync:SIGHUP
acep 8 rename:SIGQUIT
acep 8 link:SIGTERM
FAULTS
}

# Bugs that are known, by fault and tool: told, and an error once they are gone.
known='
memory:ENOMEM me-strip      a remark on the smallest ME region is wrong or lacks, as if all were well
memory:ENOMEM me-relocate   the same
memory:ENOMEM fpt-dump      the same, in the report
memory:ENOMEM rsa-check     a good image is called invalid (exit 1); exit 2 without a word
memory+:ENOMEM me-strip     as above
memory+:ENOMEM fpt-dump     as above
memory+:ENOMEM rsa-check    as above
'
is_known() { echo "$known" | grep -q "^$1 $2 "; }

# meet KINDS TRIES FAULT: one line for all rows
meet() {
    tries=0 hits=0 n=0
    while read -r kind command; do
        flag=''
        case $1 in *"$kind"*) ;; *) continue ;; esac
        [ "$kind" != p ] || flag=-p
        # shellcheck disable=SC2086
        trial $flag "$3" "$2" $command >said 2>&1
        status=$?
        if [ $status -eq 1 ] && is_known "$3" "${command%% *}"; then
            echo "$3 ${command%% *}" >>seen
            echo "KNOWN: $3: $command: $(head -n 1 said | cut -c1-60)"
        else
            [ $status -eq 0 ] || cat said
            ok "$3: $command" [ $status -eq 0 ]
        fi
        tail -n 1 said >counts
        read -r more met _ <counts
        [ $status -gt 1 ] || tries=$((tries + more)) hits=$((hits + met)) n=$((n + 1))
    done <table
    echo "$3: $tries runs of $n rows, $hits met it"
    ok "$3 was met" [ "$hits" -gt 0 ]
}

: >seen
rows >table
faults >list
if [ -e "$MEKIT_WRAP_LIBRARY" ]; then
    wrapped_faults >>list
else
    wrapped_faults | while read -r _ _ fault; do echo "SKIPPED: $fault: nothing can be preloaded with a sanitizer"; done
    known=''
fi
while read -r which most fault; do meet "$which" "$most" "$fault"; done <list
echo "$known" | while read -r fault t _; do [ -z "$fault" ] || echo "$fault $t"; done | sort >expected
ok "what is known still fails: else it is to be taken from the list" [ "$(sort -u seen)" = "$(cat expected)" ]
. "$here/places.inc"
finish
