# SPDX-License-Identifier: MIT
# Projects of somebody else build against the installed tree, which was moved: in C and C++, shared and static, by CMake
# and by pkg-config; and the libraries show no name but mk_.
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
[ "$MEKIT_SANITIZED" = ON ] && skip "consumer: done by the release build"
has_exit 0 "install" cmake --install "$MEKIT_BUILD" --prefix "$work/first"
mv "$work/first" "$work/tree"
libs=$(dirname "$(find "$work/tree" -name libmekit.a)")
"$tools/forge" good-full-me8 "$work/in.bin"
"$tools/forge" bad-ftpr-erased "$work/bad.bin"
"$tools/me-strip" -q -S "$work/in.bin" >"$work/wanted"

# try NAME PROGRAM SUFFIX: the programs do what the tools do.
try() {
    has_exit 0 "$1 reads" "$2/read$3" "$work/in.bin"
    ok "$1 tells the versions" says "$work/out" '^libmekit 0\.[0-9.]*: ME 8.1.40.1000$'
    has_exit 0 "$1 edits" "$2/edit$3" "$work/in.bin" "$work/edited"
    ok "$1 writes what me-strip writes" is_same "$work/edited" "$work/wanted"
    rm -f "$work/edited"
    "$2/edit$3" "$work/bad.bin" "$work/edited" 2>"$work/err"
    ok "$1 writes nothing of a damaged image" [ ! -e "$work/edited" ]
}

for kind in shared static ''; do
    has_exit 0 "configure ${kind:-default}" cmake -G Ninja -S "$here/../consumer" -B "$work/cmake$kind" \
        -DCMAKE_PREFIX_PATH="$work/tree" -DKIND=$kind
    has_exit 0 "build ${kind:-default}" cmake --build "$work/cmake$kind"
    for suffix in '' '++'; do
        try "CMake ${kind:-default}$suffix" "$work/cmake$kind" "$suffix"
    done
done
is_linked() { readelf -d "$1" | grep -q 'NEEDED.*libmekit\.so\.0\.'; }
is_self_contained() { ! is_linked "$1"; }
ok "CMake's shared program needs libmekit.so" is_linked "$work/cmakeshared/read"
ok "CMake's default is the shared library" is_linked "$work/cmake/read"
ok "CMake's static program does not" is_self_contained "$work/cmakestatic/read"
has_exit 1 "no other component" cmake -G Ninja -S "$here/../consumer" -B "$work/other" \
    -DCMAKE_PREFIX_PATH="$work/tree" -DKIND=other

export PKG_CONFIG_PATH="$libs/pkgconfig"
package() {
    # shellcheck disable=SC2046
    $1 "$here/../consumer/$3.c" -o "$work/$5/$3" $4 $(pkg-config $2 --cflags --libs mekit)
}
for language in 'cc' 'c++ -x c++'; do
    folder=pc-$(echo "$language" | cut -c1-3 | tr -d ' ')
    mkdir -p "$work/$folder" "$work/$folder-static"
    for name in read edit; do
        case $language in cc) compiler=${CC:-cc} ;; *) compiler="${CXX:-c++} -x c++" ;; esac
        has_exit 0 "pkg-config: $language, $name" package "$compiler" '' $name '' "$folder"
        has_exit 0 "pkg-config: $language, $name, static" package "$compiler" --static $name -static "$folder-static"
    done
    LD_LIBRARY_PATH=$libs try "pkg-config $language" "$work/$folder" ''
    try "pkg-config $language, static" "$work/$folder-static" ''
done
ok "the libraries that libmekit needs are its own matter" [ -z "$(pkg-config --libs mekit | tr ' ' '\n' | grep -E 'crypto|lzma|lz$')" ]
ok "mekit.pc names the moved tree" [ "$(realpath "$(pkg-config --variable=includedir mekit)")" = "$(realpath "$work/tree/include")" ]

# foreign PREFIXES NM_OPTION FILE: what it shows to a linker under other names
foreign() { nm "$2" --defined-only "$3" | awk -v own="^($1)_" 'NF == 3 && $2 ~ /[A-Z]/ && $3 !~ own {print $3}'; }
echo 'int note(void); int note(void) { return 0; }' >"$work/foreign.c"
${CC:-cc} -c "$work/foreign.c" -o "$work/foreign.o"
ok "a foreign name is found" [ "$(foreign 'mk|mki' -g "$work/foreign.o")" = note ]
ok "libmekit.so shows mk_ alone: $(foreign mk -D "$libs/libmekit.so" | head -n 3)" [ -z "$(foreign mk -D "$libs/libmekit.so")" ]
ok "libmekit.a has no name but mk_ and mki_: $(foreign 'mk|mki' -g "$libs/libmekit.a" | head -n 3)" \
    [ -z "$(foreign 'mk|mki' -g "$libs/libmekit.a")" ]
ok "libmekit.so shows something" [ "$(nm -D --defined-only "$libs/libmekit.so" | grep -c ' mk_')" -gt 100 ]

find "$here/../../include" -name '*.h' | sed 's|.*/include/||' | grep -v 'mekit/mekit\.h' | sort >"$work/there"
sed -n 's/#include <\(.*\)>/\1/p' "$here/../../include/mekit/mekit.h" | sort >"$work/named"
ok "mekit.h includes every header: $(comm -3 "$work/there" "$work/named" | head -n 3)" is_same "$work/there" "$work/named"
# Every public declaration has C linkage and is seen.
while read -r header; do
    case $header in */api.h | */limit.h) continue ;; esac
    ok "$header: declarations between MK_BEGIN_DECLS and MK_END_DECLS" \
        [ "$(grep -cE '^MK_(BEGIN|END)_DECLS$' "$here/../../include/$header")" -eq 2 ]
done <"$work/there"

for tool in $all; do
    ok "man page of $tool" [ -s "$work/tree/share/man/man1/$tool.1" ]
    has_exit 0 "$tool starts from the moved tree" "$work/tree/bin/$tool" --version
    ok "$tool has no path in it" [ -z "$(readelf -d "$work/tree/bin/$tool" | grep -E 'R(UN)?PATH')" ]
done
ok "page of codebooks" [ -s "$work/tree/share/man/man7/mekit-codebooks.7" ]
# The schemas work where they are installed: they find each other.
for schema in "$here"/../../tools/schema/*.json; do
    name=$(basename "$schema")
    ok "schema $name is installed" is_same "$schema" "$work/tree/share/mekit/schema/$name"
done
if python3 -c 'import jsonschema' 2>/dev/null; then
    forge good-full-me8 "$work/image"
    "$work/tree/bin/fpt-dump" --json "$work/image" >"$work/document"
    has_exit 0 "an installed schema validates what an installed tool prints" \
        python3 "$here/../schema.py" "$work/tree/share/mekit/schema" fpt-dump "$work/document"
fi
for document in LICENSE README.md CHANGELOG.md SECURITY.md; do
    ok "$document is installed" [ -s "$work/tree/share/doc/mekit/$document" ]
done
finish
