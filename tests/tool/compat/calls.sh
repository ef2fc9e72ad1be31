# SPDX-License-Identifier: MIT
# Every known call of users' scripts (calls.tsv) through the drop-in scripts, on composed dumps of its generation.
. "$(dirname "$0")/../lib.sh"
[ -x "$MEKIT_SHARED/check/compose" ] || skip "calls: no reference material (../shared/check)"
[ "$MEKIT_SANITIZED" = ON ] && skip "calls: done by the release build"
command -v python3 >/dev/null || skip "calls: needs python3"
calls=$(cd "$(dirname "$0")" && pwd)/calls.tsv
scripts=$tools/compat
goldens=$MEKIT_SHARED/goldens
PATH=$scripts:$PATH
export scripts
cd "$work" || exit 2
"$MEKIT_SHARED/check/compose" dumps >/dev/null || exit 2
digest() { sha256sum | cut -c 1-64; }

# fill SIZE: standard input, and what is no FF up to that size
fill() { { cat && yes mekit; } | head -c "$1"; }

# with_map OFFSET: standard input with a flash map of descriptor and ME in its BIOS region, the ME's at that offset
with_map() {
    python3 -c 'import struct, sys
dump = bytearray(sys.stdin.buffer.read())
areas = ((0, 0x1000, b"SI_DESC"), (int(sys.argv[1], 16), 0x4fd000, b"SI_ME"))
flash_map = struct.pack("<8sBBQI32sH", b"__FMAP__", 1, 0, 0, len(dump), b"FLASH", len(areas))
flash_map += b"".join(struct.pack("<II32sH", *area, 0) for area in areas)
dump[0x600000:0x600000 + len(flash_map)] = flash_map
sys.stdout.buffer.write(dump)' "$1"
}

# make_input NAME[ | FILTER]...: run/rom, and beside it what its commands take
make_input() {
    name=${1%% *} through=${1#"$name"}
    rm -rf run expected
    mkdir run
    source=dumps/$name.bin
    [ -e "$source" ] || source=$MEKIT_SHARED/images/$name.bin
    eval "cat '$source' $through" >in
    cp in run/rom
    case $2 in
    *parts/*) me-extract -q --all run/parts in ;;
    *layout.txt*) me-relocate -q --reclaim in 2>/dev/null | fpt-dump -q --layout >run/layout.txt ;;
    *small.txt*) fpt-dump -q --layout in | sed 's/:004fffff me/:00017fff me/; s/00500000:\(.* bios\)/00018000:\1/' >run/small.txt ;;
    esac
}

# golden_of WHAT: the digest that it names
golden_of() {
    case $1 in
    image:* | me:* | fd:*)
        awk -F'\t' -v image="$name" -v operation="${1#*:}" -v what="${1%%:*}" \
            '$1 == image && $3 == operation && $5 == "same" { print what == "image" ? $6 : what == "me" ? $7 : $8 }' \
            "$goldens/me_cleaner.tsv"
        ;;
    *)
        awk -F'\t' -v image="${1#*:}" -v operation="${1%%:*}" '$1 == image && $4 == operation { print $5 }' \
            "$goldens/ifdtool.tsv"
        ;;
    esac
}

# is_golden WHAT FILE: ifdtool's are of the descriptor alone; the rest has to be the input's
is_golden() {
    wanted=$(golden_of "$1")
    case $1 in
    image:* | me:* | fd:*) [ "$(digest <"$2")" = "$wanted" ] ;;
    *) [ "$(head -c 4096 "$2" | digest)" = "$wanted" ] && [ "$(tail -c +4097 "$2" | digest)" = "$(tail -c +4097 in | digest)" ] ;;
    esac
}

# has_regions: each used region of the lines is a file with the image's bytes, and there is no other
has_regions() {
    whole=run/rom.new
    [ -e "$whole" ] || whole=run/rom
    sed -n 's/^  Flash Region \([0-9]*\) (.*): \([0-9a-f]*\) - \([0-9a-f]*\) $/\1 \2 \3/p' out >lines
    [ "$(wc -l <lines)" -gt 1 ] && [ "$(find run -name 'flashregion_*' | wc -l)" -eq "$(wc -l <lines)" ] || return 1
    while read -r number first last; do
        tail -c +$((0x$first + 1)) "$whole" | head -c $((0x$last - 0x$first + 1)) |
            cmp -s - run/flashregion_"${number}"_*.bin || return 1
    done <lines
}

# holds WHAT: what a word of the column "after" says
holds() {
    case $1 in
    regions) has_regions ;;
    says:*) grep -q "${1#*:}" out ;;
    err:*) tr '\n' ' ' <err | grep -q "${1#*:}" ;;
    has:*) what=${1#has:} && grep -q "${what#*:}" "run/${what%%:*}" ;;
    *=in) cmp -s in "run/${1%%=*}" ;;
    *=filters)
        [ -e expected ] || sh -c "set -e; $filters" <in >expected
        [ -s expected ] && cmp -s expected "run/${1%%=*}"
        ;;
    *) is_golden "${1#*=}" "run/${1%%=*}" ;;
    esac
}

grep -v '^#' "$calls" >rows
while IFS="$(printf '\t')" read -r site input command status after filters; do
    make_input "$input" "$command"
    has_exit "$status" "$site: $command" sh -c "cd run && $command"
    for what in $after; do ok "$site: $command: $what" holds "$what"; done
done <rows
ok "no call was left out" [ "$(wc -l <rows)" -ge 100 ]
finish
