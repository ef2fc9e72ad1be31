# SPDX-License-Identifier: MIT
# What a strip leaves still has the hashes in the manifest: every module that is needed to boot matches, and none
# of what is left differs. Forged images with the made-up codebook, real ones with theirs.
. "$(dirname "$0")/../lib.sh"
forge --codebook >"$work/forged.codebook"

# is_whole MODULES FILE ARGUMENTS...: after strip and relocation all MODULES match; each other module is removed
is_whole() {
    modules=$1 file=$2
    shift 2
    me-strip -q "$file" | me-relocate -q >"$work/stripped" || return 1
    rsa-check -v "$@" "$work/stripped" >"$work/said" || { cat "$work/said"; return 1; }
    for m in $modules; do
        grep -qE "^ +FTPR $m +[a-z]+ +match" "$work/said" || { echo "$m does not match"; return 1; }
    done
    grep -qE '^ +[A-Z0-9]{4} .* removed' "$work/said" && ! grep -qE ' (mismatch:|unchecked: no codebook)' "$work/said"
}

forge good-me7 "$work/in"
ok "good-me7" is_whole "BUP" "$work/in" --codebook "$work/forged.codebook"
for recipe in good-me8 good-me10 good-x230-12m good-full-me8 good-full-me10; do
    forge $recipe "$work/in"
    ok "$recipe" is_whole "BUP ROMP" "$work/in" --codebook "$work/forged.codebook"
done
for recipe in good-txe1 good-full-txe1; do
    forge $recipe "$work/in"
    ok "$recipe" is_whole "BUP" "$work/in"
done
for recipe in good-me11 good-full-me11; do
    forge $recipe "$work/in"
    ok "$recipe" is_whole "rbe kernel syslib bup" "$work/in" --codebook "$work/forged.codebook"
done
[ -d "$MEKIT_SHARED/images" ] || { echo "SKIPPED: stripped: no reference images (../shared/images)"; finish; }
book=$MEKIT_SHARED/codebooks/Huffman.dat
for i in me-11.0-caroline me-11.6-eve me-11.8-x210; do
    ok "$i" is_whole "rbe kernel syslib bup" "$MEKIT_SHARED/images/$i.bin" --codebook "$book"
done
for i in txe-1.1-minnowmax txe-2.0-bsw; do
    ok "$i" is_whole "BUP" "$MEKIT_SHARED/images/$i.bin"
done
finish
