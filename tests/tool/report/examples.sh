# SPDX-License-Identifier: MIT
# Every example of the man pages and of README's walk-through runs, with flashrom's dummy programmer as the chip. An
# example ends with 0, but those that compare what differs (fpt-dump --diff) or show a refusal (jq).
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lib.sh"
root=$here/../../..
PATH=$PATH:/usr/sbin
command -v flashrom >/dev/null || skip "examples: flashrom is not installed"
command -v bash >/dev/null || skip "examples: bash is not installed"
cd "$work" || exit 2

# The files that examples begin with.
mkdir start
(
    cd start || exit 2
    forge good-x230-12m down.rom && cp down.rom chip.img && cp down.rom read1.rom && cp down.rom read2.rom
    forge good-me11 me11.bin
    forge bad-signature bad.rom
    head -c 1048576 down.rom | tail -c 65536 >coreboot.rom
    ifd-unlock -q -o open.rom down.rom
    me-strip -q -S -d -o stripped.rom open.rom
    me-relocate -q -o clean.rom stripped.rom
    me-extract -q -t -o me.rom clean.rom
    me-extract -q --region fd -o ifd.bin down.rom
    me-extract -q --region gbe -o gbe.bin down.rom
    fpt-dump --layout clean.rom >new.txt
    me-extract -q --chip 0 -o bottom.rom down.rom
    me-extract -q --chip 1 -o top.rom down.rom
) || exit 2
programmer="dummy:emulate=VARIABLE_SIZE,size=$(wc -c <start/down.rom),image=chip.img"

# The examples of a page, as they are typed.
of_page() {
    awk '/^\.SH/ {on = /EXAMPLES/} /^\.fi/ {nf = 0; if (on) print ""} on && nf {print} /^\.nf/ {nf = 1}' "$1" |
        sed 's/\\-/-/g; s/\\e/\\/g'
}
# The shell blocks of README's walk-through.
of_readme() { awk '/^```/ {on = /^```sh$/ && !on; next} on' "$1"; }

run_all() { # NAME FILE: its lines in one shell, in a folder of their own
    cp -r start "$1"
    {
        cat <<'TRAP'
broken() {
    case "$1 $2" in "1 fpt-dump --diff "* | "1 jq "*) return ;; esac
    echo "status $1: $2" >&2
    exit 9
}
trap 'broken $? "$BASH_COMMAND"' ERR
TRAP
        sed "s|PROGRAMMER|$programmer|g" "$2"
        echo :
    } >"$1/script"
    ok "$1: has examples" grep -q . "$2"
    has_exit 0 "examples of $1" sh -c "cd $1 && bash script </dev/null"
    [ "$got" -eq 0 ] || cat err
}
for page in "$root"/tools/man/*.[17] "$root"/tools/man/guides/*.7; do
    name=$(basename "$page")
    of_page "$page" >"$name.examples"
    case $name in
        mekit-codebooks.7) continue ;; # its commands name what mekit does not ship: codebook.sh has them
        mekit-farm.7) continue ;; # farm.sh has them, each with what it needs
        mekit.7) command -v jq >/dev/null || continue ;;
        rsa-check.1) command -v jq >/dev/null || continue ;;
        mekit-migration.7) grep -v UPD_Production "$name.examples" >kept && mv kept "$name.examples" ;;
    esac
    run_all "$name" "$work/$name.examples"
done
of_readme "$root/README.md" >readme
run_all README "$work/readme"
ok "README: the chip has the clean image" is_same README/chip.img README/clean.rom
ok "README: the way back is the first read" is_same README/read1.rom start/down.rom
{
    printf '#include <mekit/image/image.h>\n#include <stdio.h>\nint show(const void *bytes, size_t n);\n'
    printf 'int show(const void *bytes, size_t n) {\n'
    of_page "$root/tools/man/libmekit.3"
    printf 'return 0;\n}\n'
} >library.c
ok "libmekit(3) compiles" ${CC:-cc} -std=c11 -Wall -Wextra -Werror -I"$root/include" -fsyntax-only library.c
finish
