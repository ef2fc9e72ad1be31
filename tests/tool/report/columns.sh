# SPDX-License-Identifier: MIT
# Reports for people: no line over 80 columns, nothing but printable text, colour only on a terminal.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
export LC_ALL=C
mkdir forged
forge --all forged || exit 2

too_wide() { awk -v n="$1" 'length($0) > n {print FILENAME ": " $0}' out err | grep -v '^err: [a-z-]*: [^ ]*: .*'; }
fits() { [ -z "$(too_wide "$1")" ]; }
printable() { [ "$(cat out err | grep -c '[^ -~]')" -eq 0 ]; }

# The default reports of one image, each with its own name so that a failure can be tried again.
reports() {
    name=$(basename "$1")
    cp "$1" in || return
    for report in fpt-dump rsa-check 'me-strip -o o' 'me-strip -S -d -o o' 'me-relocate --reclaim -o o' 'ifd-unlock -o o' \
        'me-extract -o o' 'me-extract -n --all-modules d'; do
        $report in >out 2>err
        ok "$name: $report: at most 80 columns: $(too_wide 80 | head -n 1)" fits 80
        ok "$name: $report: printable" printable
    done
}
for image in forged/*; do reports "$image"; done
# What fpt-dump --map draws, and what -v adds.
for image in good-full-me8 good-x230-12m good-full-csme16 bad-fpt-name-escape bad-region-beyond; do
    [ ! -e "forged/$image" ] && [ ! -e "forged/$image.bin" ] && continue
    cp "forged/$image"* in
    for report in 'fpt-dump -v' 'rsa-check -v' 'me-strip -v -n' 'fpt-dump --map'; do
        $report in >out 2>err
        ok "$image: $report: at most 80 columns" fits 80
        ok "$image: $report: printable" printable
    done
done

# A rule that finds nothing proves nothing.
printf '%081d\n' 1 >out
: >err
if fits 80; then ok "the test sees a line of 81 columns" false; fi
printf 'a\033[1m\n' >out
if printable; then ok "the test sees an escape" false; fi

# Names of files: of 4,096 characters, with escapes, with marks of right-to-left text.
forge good-full-me8 good
deep=$(printf 'd%.0s' $(seq 200))
path=.
i=0
while [ $i -lt 19 ]; do
    path=$path/$deep
    i=$((i + 1))
done
if mkdir -p "$path" 2>/dev/null && cp good "$path/good"; then
    has_exit 0 "a path of nearly 4,096 characters" rsa-check "$path/good"
    ok "fits" fits 80
    has_exit 0 "a path of nearly 4,096 characters, stripped" me-strip -o o "$path/good"
    ok "fits too" fits 80
fi
odd=$(printf 'a\033[31m\342\200\256b')
cp good "$odd"
for report in fpt-dump rsa-check 'me-strip -o o'; do
    $report "$odd" >out 2>err
    ok "$report: a name with escapes is masked" printable
done

# On a terminal: emphasis, unless NO_COLOR or TERM say otherwise; as narrow as it is.
if command -v script >/dev/null; then
    # on_terminal COLUMNS COMMAND: what COMMAND shows there
    on_terminal() { script -qec "stty cols $1; $2" /dev/null </dev/null | tr -d "\r" >out; : >err; }
    escape=$(printf '\033')
    for report in fpt-dump rsa-check 'me-strip -o o'; do
        TERM=xterm on_terminal 80 "$report good"
        ok "$report: emphasis on a terminal" grep -q "$escape\[1m" out
        TERM=xterm NO_COLOR=1 on_terminal 80 "$report good"
        ok "$report: none with NO_COLOR" printable
        TERM=dumb on_terminal 80 "$report good"
        ok "$report: none with TERM=dumb" printable
        TERM=dumb on_terminal 20 "$report good"
        ok "$report: 20 columns" fits 20
        $report good >out 2>err
        ok "$report: none in a file" printable
    done
else
    echo "SKIPPED: no script(1): reports on a terminal were not tried"
fi

# Images of the reference material.
if [ -d "${MEKIT_SHARED:-}/images" ]; then
    for image in "$MEKIT_SHARED"/images/*.bin; do reports "$image"; done
else
    echo "SKIPPED: no reference images (../shared/images)"
fi
finish
