# SPDX-License-Identifier: MIT
# What the tools make of every forged image is what fixtures/expected.tsv says: digests and exit statuses. Where it is not,
# tests/forge/explain shows what changed; with MEKIT_BEFORE, the tools of an older build, by a diff of both results.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
"$here/../forge/digests" "$tools/forge" "$tools" >"$work/now.tsv"
expected=$here/../../fixtures/expected.tsv
grep -vxFf "$work/now.tsv" "$expected" >"$work/missing.tsv"
changed=$(wc -l <"$work/missing.tsv")
passed=$((passed + $(wc -l <"$expected") - changed))
failed=$((failed + changed))
[ "$changed" -eq 0 ] ||
    "$here/../forge/explain" "$tools/forge" "$tools" "$expected" "$work/now.tsv" "${MEKIT_BEFORE:-}"
grep -vxFf "$expected" "$work/now.tsv" | awk -F'\t' '$2 == "-" {print $1}' >"$work/anew"
while read -r recipe; do
    ok "$recipe has rows in expected.tsv" grep -q "^$recipe$(printf '\t')" "$expected"
done <"$work/anew"
ok "no recipe is missing from expected.tsv" [ "$(wc -l <"$expected")" -eq "$(wc -l <"$work/now.tsv")" ]

# A refusal writes nothing: of the filters' rows, whatever did not end with 0 has the digest of no bytes.
nothing=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
ok "no output without success" [ "$(awk -F'\t' -v n=$nothing \
    '$3 != 0 && $2 !~ /^(rsa-check|fpt-dump)/ && $4 != n' "$work/now.tsv" | wc -l)" -eq 0 ]
finish
