# SPDX-License-Identifier: MIT
# README's promise: the peak is the input's size and 8 MiB, from a file and from a pipe. What a pipe gets is what a file
# gets, byte for byte.
. "$(dirname "$0")/../lib.sh"
[ "${MEKIT_SANITIZED:-OFF}" = ON ] && skip "memory: a sanitizer takes more"
PATH=$MEKIT_BUILD/tests/tool/probe:$PATH
cd "$work" || exit 2
forge good-full-me8 small.rom

# pad MIB: the image with 0xFF behind it, so many MiB in all
pad() {
    cp small.rom "$1.rom"
    head -c $(($1 * 1048576 - $(wc -c <small.rom))) /dev/zero | tr '\0' '\377' >>"$1.rom"
}
stays() { [ "$(tail -n 1 "$2")" -le $(($1 * 1024 + 8192)) ]; }

mkfifo slow
# own MIB: what the process alone has in KiB, without the pages of libraries that all programs share, as it waits for who
# reads its output
own() {
    ifd-unlock -q $1.rom >slow &
    {
        anonymous=0
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            last=$anonymous
            anonymous=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' /proc/$!/status)
            [ "$anonymous" -ge $(($1 * 1024)) ] && [ "$anonymous" = "$last" ] && break
            sleep 0.1
        done
        echo "$anonymous"
        cat >/dev/null
    } <slow
    wait $!
}

for mib in 16 100 255; do
    pad $mib
    for tool in ifd-unlock rsa-check fpt-dump; do
        has_exit 0 "$tool: $mib MiB from a file" peak $tool -q $mib.rom
        mv out file
        ok "$tool: $mib MiB from a file took $(tail -n 1 err) KiB" stays $mib err
        has_exit 0 "$tool: $mib MiB from a pipe" sh -c "cat $mib.rom | peak $tool -q"
        ok "$tool: $mib MiB from a pipe took $(tail -n 1 err) KiB" stays $mib err
        ok "$tool: $mib MiB: a pipe is a file" is_same out file
    done
    has_exit 0 "$mib MiB, three of them with --each" peak rsa-check --each $mib.rom $mib.rom $mib.rom
    ok "$mib MiB: a worker with --each took $(tail -n 1 err) KiB" stays $mib err
    has_exit 0 "$mib MiB into a pipe" sh -c "peak ifd-unlock -q $mib.rom 2>most | cat"
    ok "$mib MiB into a pipe took $(cat most) KiB" stays $mib most
    kib=$(own $mib)
    ok "$mib MiB: without shared libraries it is seen" [ "$kib" -gt $((mib * 1024 - 1)) ]
    ok "$mib MiB: without shared libraries $kib KiB" [ "$kib" -le $((mib * 1024 + 4096)) ]
    ifd-unlock -q $mib.rom >file
    ok "$mib MiB into a pipe: all of it" is_same out file
    rm -f $mib.rom out file
done
finish
