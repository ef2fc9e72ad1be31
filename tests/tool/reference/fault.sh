# SPDX-License-Identifier: MIT
# One flipped bit in code is found: in forged images with the made-up codebook, in real ones with and without theirs.
# What no hash covers is known, and named here.
. "$(dirname "$0")/../lib.sh"
fault=$MEKIT_BUILD/tests/fault
forge --codebook >"$work/forged.codebook"

# caught LEAST FLIPS ARGUMENTS...: of FLIPS in each image at least LEAST percent are found
caught() {
    least=$1 flips=$2
    shift 2
    "$fault" "$flips" 1 "$@" >"$work/said" || { cat "$work/said"; return 1; }
    grep -v '^  missed' "$work/said"
    awk -F'[: ]+' -v least="$least" '/ of / && $(NF-2) * 100 < least * $NF {bad = 1} END {exit bad || !NR}' "$work/said" ||
        { cat "$work/said"; return 1; }
}

for recipe in good-csme12 good-csme14-lite good-csme16 good-csme16-lite good-dump-csme16; do
    ok "$recipe, without codebook" caught 100 200 "$recipe"
    ok "$recipe" caught 100 100 --codebook "$work/forged.codebook" "$recipe"
done
# Generation 2, with a codebook that nobody published: it accuses a module only by codewords that others prove, and forged
# modules share few; else the module is proven no longer. What is left are LLUT fields that nobody uses.
for recipe in good-me7 good-me8 good-me10; do
    ok "$recipe" caught 80 200 --unproven --codebook "$work/forged.codebook" "$recipe"
done
[ -d "$MEKIT_SHARED/images" ] || { echo "SKIPPED: fault: no reference images (../shared/images)"; finish; }
flips=${MEKIT_FLIPS:-100}
[ "$MEKIT_SANITIZED" = ON ] && flips=10
i=$MEKIT_SHARED/images
books="--codebook $MEKIT_SHARED/codebooks/huff11.bin --codebook $MEKIT_SHARED/codebooks/Huffman.dat"
# shellcheck disable=SC2086
{
    ok "CSME 12-16, without codebook" caught 100 $flips "$i"/csme-*.bin
    ok "CSME 12-16" caught 100 $flips $books "$i"/csme-*.bin
    ok "ME 11, without codebook" caught 100 $flips "$i/me-11.0-caroline.bin" "$i/me-11.6-eve.bin" "$i/me-11.8-x210.bin"
    ok "ME 11, also stripped" caught 100 $flips $books "$i"/me-11.*.bin
    ok "ME 7-10" caught 100 $flips --modules --codebook "$MEKIT_SHARED/codebooks/cpt.txt" "$i"/me-7*.bin \
        "$i"/me-8*.bin "$i"/me-9*.bin "$i"/me-10*.bin
    ok "TXE 1-2" caught 100 $flips "$i"/txe-[12]*.bin
    # encrypted pavp, microcode, IBBL and IBB without signature, fitc.cfg
    ok "TXE 3-4" caught 70 100 "$i"/txe-[34]*.bin
}
finish
