# SPDX-License-Identifier: MIT
# What surrounds a tool goes wrong: streams, disk, memory, signals. A run that can't do its work ends with 2 and a
# message; nothing is on standard output or under the names it was given, no temporary is left, no input is touched.
# tests/tool/wrap/driver decides: each row first has to succeed by itself, then meets each fault at some of its places, or
# with MEKIT_LONG=1 in the environment at all of them (some minutes).
[ -w /dev/shm ] && [ -z "${TMPDIR:-}" ] && export TMPDIR=/dev/shm # a disk that syncs takes four times as long
here=$(cd "$(dirname "$0")" && pwd) || exit 2
. "$here/../lib.sh"
MEKIT_BUILD=${MEKIT_BUILD:-$tools/..}
PATH=$MEKIT_BUILD/tests/tool/wrap:$PATH
export MEKIT_WRAP_LIBRARY="$MEKIT_BUILD/tests/tool/wrap/wrap.so"
export ASAN_OPTIONS=detect_leaks=0 # as the alarm does, it would take a run for a failed one
cd "$work" || exit 2
filters='ifd-unlock me-strip me-relocate me-extract'
all="$filters fpt-dump rsa-check"

mkdir start start/made start/older
(
    cd start || exit 2
    forge good-full-me8 in.bin
    forge good-full-me11 other.bin
    forge good-csme12 csme.bin
    forge --codebook >forged.codebook
    forge good-ifd-x230 small.ifd && forge good-me7 whole.me || exit 2
    head -c 8704 whole.me >small.me && me-strip -q -o small.stripped small.me || exit 2
    gzip -k in.bin
    xz -k in.bin
    echo old >old.bin
    ln -s old.bin link.bin
    echo older >older/flashregion_0_flashdescriptor.bin
    for t in $filters; do
        "$t" -q --undo-record "$t.undo" -o "$t.out" in.bin || exit 2
    done
) || exit 2

# Rows: their kinds of faults (a: each call and stream; m: memory and disk; e: more of disk and libraries; b: all bytes),
# then what is run.
rows() {
    cat <<ROWS
a ifd-unlock --undo-record made/undo --json=made/report.json -o old.bin in.bin.gz
a ifd-unlock --in-place in.bin
am ifd-unlock --in-place --undo-record=made/undo --json=made/report.json in.bin
a ifd-unlock --json --undo-record made/undo in.bin
a ifd-unlock -n --json=made/report.json in.bin
ame ifd-unlock -q -o new.bin in.bin
am ifd-unlock --undo ifd-unlock.undo -O link.bin ifd-unlock.out
am me-strip -o new.bin <in.bin
a me-strip --in-place --undo-record=made/undo --json=made/report.json in.bin
a me-strip --undo me-strip.undo -O link.bin me-strip.out
am me-strip -S -d in.bin.xz
am me-strip -q -S --undo-record old.bin in.bin
a me-relocate -q --undo-record link.bin in.bin.gz
am me-relocate -q --undo-record made/undo --json=made/report.json -o old.bin in.bin.gz
a me-relocate --in-place --undo-record=made/undo --json=made/report.json me-strip.out
am me-extract --undo-record made/undo --json=made/report.json -t -o old.bin in.bin.gz
a me-extract -t in.bin
am me-extract --all made in.bin
a me-extract --all older in.bin
am me-extract --all-modules new csme.bin
am me-extract --decompress --codebook forged.codebook -m FTPR/BUP in.bin
a me-extract --convert-codebook forged.codebook
am me-extract --scan in.bin
am me-extract --scan --json in.bin
am fpt-dump -v in.bin
am fpt-dump --json csme.bin
a fpt-dump --json=made/finding.json --pass in.bin
a fpt-dump --layout <in.bin
a fpt-dump --svg in.bin
am fpt-dump --diff me-strip.out in.bin
a fpt-dump --json --diff other.bin in.bin
am rsa-check -v in.bin
am rsa-check -v --codebook forged.codebook csme.bin
a rsa-check --pass --json=made/finding.json <in.bin
am rsa-check in.bin in.bin.xz
am rsa-check --each -j1 in.bin other.bin
am fpt-dump --each -j1 --json in.bin other.bin
ROWS
}
# For the long form: each tool with small files, that fails at each byte that it writes.
small_rows() {
    cat <<ROWS
b ifd-unlock --undo-record made/undo --json=made/report.json -o new.bin small.ifd
b me-strip -o new.bin small.me
b me-relocate -q -o new.bin small.stripped
b me-extract -q -t -o new.bin small.me
b fpt-dump -q --json=made/finding.json small.ifd
b rsa-check -q --json=made/finding.json whole.me
ROWS
}

# Faults: the kinds of rows that meet them, how many places are tried in each at most (0: all of them), and the fault.
faults() {
    for fault in 0- 1- 2- 0-1-2- 1f 2f '1|' '2|'; do echo "a 1 $fault"; done
    cat <<FAULTS
m 3 fsize
e 40 fsize
FAULTS
}
wrapped_faults() {
    cat <<FAULTS
m ${1:-32} memory:ENOMEM
m ${1:-5} memory+:ENOMEM
m 4 crypto:ENOMEM
e ${1:-60} crypto:ENOMEM
e ${1:-10} crypto+:ENOMEM
e ${1:-20} seccomp:ENOMEM
m 6 bytes:ENOSPC
e 30 bytes:ENOSPC
a 1 read:short
a 1 write:short
a 1 read:EINTR
a 1 write:EINTR
a ${1:-2} read:EIO
a ${1:-4} open:EMFILE
a ${1:-4} write:EIO
m ${1:-4} write+:nothing
m ${1:-4} fsync:EIO
a ${1:-4} fchmod:EPERM
a ${1:-4} close:EIO
a ${1:-4} rename:EACCES
a ${1:-4} renameat2:EINVAL
a ${1:-4} link:EPERM
a ${1:-4} mkdir:EACCES
a ${1:-3} open:SIGTERM
m ${1:-4} write:SIGINT
m ${1:-4} fsync:SIGHUP
a ${1:-4} rename:SIGQUIT
a ${1:-4} renameat2:SIGTERM
a ${1:-4} link:SIGTERM
m ${1:-2} thread:EAGAIN
FAULTS
}
small_faults() {
    for fault in memory:ENOMEM memory+:ENOMEM crypto:ENOMEM bytes:ENOSPC; do echo "b 0 $fault"; done
}
# In the long form all calls of all rows, and all bytes of the small ones; else some of each.
list_faults() {
    faults
    if [ -e "$MEKIT_WRAP_LIBRARY" ]; then
        wrapped_faults ${MEKIT_LONG:+0}
    else
        wrapped_faults | while read -r _ _ fault; do
            echo "SKIPPED: $fault: nothing can be preloaded with a sanitizer" >&2
        done
    fi
}

# meet KINDS LIST COMMAND: a row meets the faults of its kinds
meet() {
    grep "^[$1] " "$2" | cut -d' ' -f2- >plan
    # shellcheck disable=SC2086
    driver plan $3 >said 2>&1
    echo $? >status
}
# conclude COMMAND: prints the result and adds it to the counts
conclude() {
    [ "$(cat status)" -eq 0 ] || grep '^  ' said
    ok "$1" [ "$(cat status)" -eq 0 ]
    grep -v '^  ' said >>"$work/counts"
}
meet_all() {
    while read -r kinds command; do
        meet "$kinds" list "$command"
        conclude "$command"
    done <table
}
# The same for rows that take minutes each, all at a time. The driver ends each run that hangs, and so itself.
meet_small() {
    small_rows >table.small
    for tool in $all; do
        mkdir -p "$tool/start/made" && cp start/small.* start/whole.me "$tool/start" || exit 2
    done
    while read -r kinds tool options; do
        (cd "$tool" && meet "$kinds" ../list.small "$tool $options") &
    done <table.small
    wait
    for tool in $all; do
        cd "$tool" && conclude "$tool: each byte" && cd ..
    done
}

: >counts
rows >table
list_faults >list
meet_all
if [ -n "${MEKIT_LONG:-}" ]; then
    echo 'b 0 fsize' >list.small
    [ ! -e "$MEKIT_WRAP_LIBRARY" ] || small_faults >>list.small
    meet_small
fi
awk '{tries[$1] += $2; hits[$1] += $3; bad[$1] += $5; lost += $6; all += $2; rows[$1]++}
    END {for (f in tries) print f ": " tries[f] " runs of " rows[f] " rows, " hits[f] " met it"
         print all " runs, " lost " bytes on standard output of those that failed"}' counts | sort
while read -r _ _ fault; do
    ok "$fault was met" awk -v fault="$fault" '$1 == fault && $3 > 0 {met = 1} END {exit !met}' counts
done <list
. "$here/places.inc"
finish
