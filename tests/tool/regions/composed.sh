# SPDX-License-Identifier: MIT
# Regions of composed dumps: out and in again, the ME shrunk and BIOS grown, there and back.
. "$(dirname "$0")/../lib.sh"
[ -x "$MEKIT_SHARED/check/compose" ] || skip "composed: no reference material (../shared/check)"
[ "$MEKIT_SANITIZED" = ON ] && skip "composed: done by the release build"
command -v python3 >/dev/null || skip "composed: needs python3"
cd "$work" || exit 2
"$MEKIT_SHARED/check/compose" dumps >/dev/null || exit 2
inserted=0 reclaimed=0 returned=0

# count_whole FILE: of the regions in the file "layout", those that lie in FILE
count_whole() {
    while IFS=': ' read -r _ last _; do
        [ $((0x$last)) -ge "$(wc -c <"$1")" ] || echo whole
    done <layout | wc -l
}

# Every region by itself, and all in one run.
for dump in dumps/*.bin; do
    fpt-dump -q --like-ifdtool "$dump" |
        sed -n 's/^  Flash Region \([0-9]*\) (\(.*\)): \([0-9a-f]*\) - \([0-9a-f]*\) $/\3:\4 \1 \2/p' >layout
    me-extract -q --all all "$dump" 2>err || continue
    set --
    for part in all/*; do
        number=${part#all/flashregion_}
        name=$(sed -n "s/^[^ ]* ${number%%_*} //p" layout)
        has_exit 0 "$dump: $name" ifd-insert -q "$name=$part" "$dump"
        ok "$dump: $name gives the same image" is_same out "$dump"
        set -- "$@" "$name=$part"
        inserted=$((inserted + 1))
    done
    ok "$dump: every region that is in the file" [ $# -eq "$(count_whole "$dump")" ]
    has_exit 0 "$dump: all of them" ifd-insert -q "$@" "$dump"
    ok "$dump: all of them give the same image" is_same out "$dump"
    rm -rf all
done

# goes_and_returns FILE: the layout after a reclaim, by hand, and the old one again
goes_and_returns() {
    me-relocate -q --reclaim "$1" >reclaimed 2>err || return 0
    fpt-dump -q --layout reclaimed >new
    fpt-dump -q --layout "$1" >old
    cmp -s new old || reclaimed=$((reclaimed + 1))
    has_exit 0 "$dump: layout" ifd-layout -q --undo-record record --layout new "$1"
    ok "$dump: as reclaim" is_same out reclaimed
    has_exit 0 "$dump: undo" ifd-layout -q --undo record reclaimed
    ok "$dump: undo gives the same image" is_same out "$1"
    ifd-layout -q --layout old reclaimed >out 2>err
    back=$?
    # Bytes that a strip leaves in the ME's tail are BIOS's after a reclaim, and BIOS's bytes are never cut off.
    if [ $back -eq 5 ]; then
        ok "$dump: what is in the way is told" says err 'bios shrinks .* not erased'
        first=$((0x$(sed -n 's/:.* bios$//p' new))) last=$((0x$(sed -n 's/:.* bios$//p' old)))
        ok "$dump: it is there" [ "$(tail -c +$((first + 1)) reclaimed | head -c $((last - first)) | tr -d '\377' | wc -c)" -gt 0 ]
        return 0
    fi
    ok "$dump: back" [ $back -eq 0 ]
    ok "$dump: the same image" is_same out "$1"
    returned=$((returned + 1))
}
for dump in dumps/*.bin; do
    me-strip -q "$dump" 2>err | me-relocate -q >small 2>err && goes_and_returns small
    me-strip -q --wipe-shared "$dump" 2>err | me-relocate -q >clean 2>err || continue
    before=$returned
    goes_and_returns clean
    ok "$dump: there and back, where a strip leaves nothing" [ "$returned" -gt "$before" ]
done
ok "regions" [ "$inserted" -ge 60 ]
ok "reclaims" [ "$reclaimed" -ge 20 ]
ok "there and back" [ "$returned" -ge 20 ]
echo "$inserted regions, $reclaimed reclaims, $returned there and back"
finish
