# SPDX-License-Identifier: MIT
# What a separate reader found in real images of every generation: manifests, metadata, modules, partitions.
[ -x "$MEKIT_SHARED/check/facts" ] || { echo "SKIPPED: facts: no reference material (../shared/check)"; exit 77; }
command -v python3 >/dev/null || { echo "SKIPPED: facts: needs python3"; exit 77; }
books=$MEKIT_SHARED/codebooks
"$MEKIT_SHARED/check/facts" "$1" || exit
exec "$MEKIT_SHARED/check/facts" "$1" --codebook "$books/huff11.bin" --codebook "$books/Huffman.dat"
