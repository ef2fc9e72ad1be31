# SPDX-License-Identifier: MIT
# The catalogue's rows, computed anew: what the codebooks prove of real images has the stored digest that stands
# beside its signed hash, and without a codebook the catalogue proves as much.
root=$(cd "$(dirname "$0")/../../.." && pwd)
. "$(dirname "$0")/../lib.sh"
images=$MEKIT_SHARED/images
[ -d "$images" ] || skip "catalogue: no reference images (../shared/images)"
command -v python3 >/dev/null || skip "catalogue: needs python3"
set -- # the codebooks as options
for book in "$MEKIT_SHARED"/codebooks/*; do set -- "$@" --codebook "$book"; done

# Rows: signed hash, stored digest, 16 bytes each, as the library has them.
sed 's/^[{}]*0x\([0-9a-f]*\), 0x\([0-9a-f]*\)}, {0x\([0-9a-f]*\), 0x\([0-9a-f]*\).*/\1\2 \3\4/' \
    "$root/lib/verify/catalogue/rows.inc" >"$work/rows"
cat >"$work/pairs" <<'PYTHON'
import json, sys
for m in json.load(sys.stdin)["modules"]:
    if "stored_digest" in m:
        print(m["signed_hash"][:32], m["stored_digest"][:32])
PYTHON
cat >"$work/proven" <<'PYTHON'
import json, sys
print(sum(m["means"] == "catalogue" for m in json.load(sys.stdin)["modules"]))
PYTHON
cut -d' ' -f1 "$work/rows" >"$work/hashes"
for image in "$images"/me-[6-9]* "$images"/me-1[01]* "$images"/slim-*; do
    name=$(basename "$image")
    rsa-check --json "$@" "$image" 2>/dev/null | python3 "$work/pairs" | grep -Ff "$work/hashes" >"$work/found"
    n=$(wc -l <"$work/found")
    ok "$name has modules that the catalogue lists" [ "$n" -gt 0 ]
    ok "$name: each has the stored digest of the row" [ "$(grep -cxFf "$work/rows" "$work/found")" -eq "$n" ]
    listed=$(rsa-check --json "$image" 2>/dev/null | python3 "$work/proven")
    ok "$name: as many are proven without a codebook ($listed, $n)" [ "$listed" -eq "$n" ]
done
finish
