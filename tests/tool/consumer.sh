# A project of its own builds against the installed tree: find_package, and pkg-config.
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
[ "$MEKIT_SANITIZED" = ON ] && skip "consumer: done by the release build"
has_exit 0 "install" cmake --install "$MEKIT_BUILD" --prefix "$work/tree"
has_exit 0 "configure" cmake -G Ninja -S "$here/../consumer" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/tree"
has_exit 0 "build" cmake --build "$work/build"
"$tools/forge" good-full-me8 "$work/in.bin"
has_exit 0 "run" "$work/build/consumer" "$work/in.bin"
ok "it tells the version" says "$work/out" 'ME 8.1.40.1000'
for page in ifd-unlock ifd-insert ifd-layout ifd-set fpt-dump me-strip me-relocate me-extract rsa-check; do
    ok "man page of $page" [ -s "$work/tree/share/man/man1/$page.1" ]
done
ok "page of codebooks" [ -s "$work/tree/share/man/man7/mekit-codebooks.7" ]
finish
