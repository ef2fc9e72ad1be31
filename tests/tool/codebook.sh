# SPDX-License-Identifier: MIT
# Codebooks in the formats of others, in files, folders and the places that every tool searches. Always with the made-up
# code; where the reference material is at hand with the published ones too.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
unset MEKIT_CODEBOOK_PATH
export XDG_DATA_HOME="$work/data" HOME="$work/home"
for recipe in good-me8 good-me11 good-csme12; do
    forge $recipe $recipe
done
forge --codebook >book

# tables BOOK NAME FOLDER: FOLDER/dict_NAME_1.c and _2.c, as unhuffme has them
tables() {
    mkdir -p "$3"
    for column in 3 4; do
        part=$((column - 2))
        awk -v c=$column -v name="dict_$2_$part" '
            BEGIN { print "#include <none.h>\n/* rows: { bytes, ... } */\nchar " name "[][16] = {" }
            /^[a-z0-9]+ [01]+ / {
                if (length($2) != last) { last = length($2); printf "/*len: %d at offset %d*/\n", last, n }
                n++
                hex = $c == "-" ? "" : $c
                printf "{ %d", length(hex) / 2
                for (i = 1; i < length(hex); i += 2) printf ", 0x%s", substr(hex, i, 2)
                print " },"
            }
            END { print "};" }' "$1" >"$3/dict_$2_$part.c"
    done
}

# lines BOOK FOLDER: Code12.txt and Data12.txt, as unME12 has them
lines() {
    mkdir -p "$2"
    awk '/^[a-z0-9]+ [01]+ / { print $2 "\t\t" ($3 == "-" ? "??" : $3) }' "$1" >"$2/Code12.txt"
    awk '/^[a-z0-9]+ [01]+ / { print $2 "\t" ($4 == "-" ? "????" : $4) }' "$1" >"$2/Data12.txt"
}

# proves COUNT FILE ARGUMENT...: COUNT modules match
proves() {
    count=$1 file=$2
    shift 2
    rsa-check -v "$@" "$file" >said 2>&1 || { cat said; return 1; }
    found=$(grep -cE '^ +[A-Z]{4} .* (match|match: .*)$' said)
    [ "$found" -eq "$count" ] || { echo "$found modules match, not $count"; return 1; }
}

rsa-check -v --codebook book good-me8 >said
all=$(grep -cE '^ +[A-Z]{4} .* match$' said)
rsa-check -v good-me8 >said
few=$(grep -cE '^ +[A-Z]{4} .* match$' said)
ok "the code is needed" [ "$few" -lt "$all" ]

# tables in C
tables book forged c
ok "two files" proves "$all" good-me8 --codebook c/dict_forged_1.c --codebook c/dict_forged_2.c
ok "the other way round" proves "$all" good-me8 --codebook c/dict_forged_2.c --codebook c/dict_forged_1.c
ok "a folder" proves "$all" good-me8 --codebook c
cat c/dict_forged_1.c c/dict_forged_2.c >both.c
ok "both in one file" proves "$all" good-me8 --codebook both.c
has_exit 0 "convert" me-extract -q --convert-codebook both.c
sort book >wanted
sort out >got
ok "nothing is lost" is_same wanted got
has_exit 3 "half of one" rsa-check --codebook c/dict_forged_1.c good-me8
ok "it says so" says err 'half of a codebook'
has_exit 3 "half of one, to convert" me-extract --convert-codebook c/dict_forged_2.c
has_exit 3 "the same half twice" rsa-check --codebook c/dict_forged_1.c --codebook c/dict_forged_1.c good-me8

# lines
lines book l
rsa-check -v --codebook book good-csme12 >said
ok "Code12.txt and Data12.txt" proves "$(grep -cE '^ +[A-Z]{4} .* match$' said)" good-csme12 --codebook l/Code12.txt --codebook l/Data12.txt
head -n 3 l/Code12.txt >l/Code12.cut
has_exit 3 "a line that can't be read" sh -c 'sed "2s/.*/012 00/" l/Code12.txt >bad.txt; exec rsa-check --codebook bad.txt --codebook l/Data12.txt good-me8'
has_exit 3 "halves of two lengths" rsa-check --codebook l/Code12.cut --codebook l/Data12.txt good-me8

# folders hold anything
mkdir mix mix/sub
cp c/*.c book mix
printf 'int main(void) { int x[2][2] = {{1, 2}, {3, 4}}; return x[0][0]; }\n' >mix/main.c
printf 'All rights reserved.\n' >mix/LICENSE
printf 'static const int shape[] = {0xFC000000, 0xAA000000, 0};\n' >mix/shape.c
: >mix/empty
mkfifo mix/pipe
ok "beside anything else" proves "$all" good-me8 --codebook mix
MEKIT_CODEBOOK_PATH=mix ok "by the environment" proves "$all" good-me8
mkdir none
cp mix/main.c mix/LICENSE none
has_exit 3 "a folder without one" rsa-check --codebook none good-me8
has_exit 3 "C that is no table" rsa-check --codebook mix/main.c good-me8
head -c 700 c/dict_forged_1.c >cut.c
has_exit 3 "a table that is cut off" rsa-check --codebook cut.c good-me8

# places
mkdir -p data/mekit/codebooks home/.local/share/mekit/codebooks
cp c/*.c data/mekit/codebooks
ok "the user's folder" proves "$all" good-me8
cp cut.c data/mekit/codebooks/a.c
printf 'mekit-codebook 1\nx 1 41 41\n' >data/mekit/codebooks/b
cp c/dict_forged_1.c data/mekit/codebooks/c.c
ok "what is wrong in it is left out" proves "$all" good-me8
mv data/mekit/codebooks/dict* home/.local/share/mekit/codebooks
rm -r data
ok "not where XDG_DATA_HOME is elsewhere" proves "$few" good-me8
unset XDG_DATA_HOME
ok "below HOME" proves "$all" good-me8
XDG_DATA_HOME=relative ok "a relative XDG_DATA_HOME is none" proves "$all" good-me8
HOME=relative ok "nor is such a HOME a place" proves "$few" good-me8
rm -r home

# a wrong or damaged codebook never makes a good image bad
for name in cpt 11 12 pch; do
    sed "s/^forged/$name/; s/ 4\([0-9A-F]\) / 5\1 /" book >wrong
    for i in good-me8 good-me11 good-csme12; do
        has_exit 0 "$name with some other bytes: $i" rsa-check --codebook wrong $i
    done
done
awk '/^forged/ { $3 = $4 = "55" } { print }' book >wrong
for i in good-me8 good-me11 good-csme12; do
    has_exit 0 "one that proves nothing: $i" rsa-check --codebook wrong $i
done

[ -d "$MEKIT_SHARED/codebooks" ] || { echo "SKIPPED: codebook: no published codebooks (../shared/codebooks)"; finish; }
shared=$MEKIT_SHARED
sed '/len:/d' "$shared/codebooks/cpt.txt" >cpt.txt
tables cpt.txt cpt real
tables "$shared/codebooks/pch.txt" pch real
sed -i '/len:/d' real/*.c # their number of rows tells
for i in me-7.1-stumpy me-8.0-link me-9.1 me-10.0-samus txe-1.1-minnowmax; do
    rsa-check -v --codebook real "$shared/images/$i.bin" >said
    ok "$i: valid" says said 'verdict: valid'
    ok "$i: every module matches" sh -c '! grep -qE " (mismatch|unchecked: no)" said'
done
has_exit 0 "convert" me-extract -q --convert-codebook "$shared/codebooks/cpt.txt"
mv out wanted
cat real/dict_cpt_1.c real/dict_cpt_2.c >both.c
has_exit 0 "convert C" me-extract -q --convert-codebook both.c
ok "the same" is_same wanted out
sed 's/^cpt /own /' cpt.txt >own
# the hash of FTPR's POLICY in its manifest: the catalogue does not know it then
{ head -c $((0x47424)) "$shared/images/me-9.1.bin"; printf 'x'; tail -c +$((0x47426)) "$shared/images/me-9.1.bin"; } >flipped
for book in cpt.txt own; do
    rsa-check -v --codebook $book flipped >said 2>&1
    ok "a published one shows damage, whatever its name: $book" says said 'POLICY .*mismatch: its code does not match'
done
awk 'NR > 1 { $1 = "own" } $3 == "-" { $3 = $4 } { print }' cpt.txt >changed
rsa-check -v --codebook changed flipped >said 2>&1
ok "one that nobody published does not, by codewords of that module alone" says said 'POLICY .*unchecked: no other module'
for line in 2 40 300 900 1500 2000; do # one symbol that is another
    name=$([ $((line % 200)) -eq 0 ] && echo cpt || echo own)
    awk -v n=$line -v name="$name" 'NR > 1 { $1 = name } NR == n { $3 = ($3 ~ /^0/ ? "1" : "0") substr($3, 2) } { print }' \
        cpt.txt >damaged
    for i in me-7.1-stumpy me-8.0-link me-9.1; do
        has_exit 0 "a damaged symbol of $name, line $line: $i" rsa-check --codebook damaged "$shared/images/$i.bin"
        has_exit 0 "beside the right one: $i" rsa-check --codebook damaged --codebook cpt.txt "$shared/images/$i.bin"
        ok "then all is proven" says out 'boot code proven'
    done
done
finish
