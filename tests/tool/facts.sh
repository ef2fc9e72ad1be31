# What a separate reader found in real images of generations 1 to 3.
[ -x "$MEKIT_SHARED/check/facts" ] || { echo "SKIPPED: facts: no reference material (../shared/check)"; exit 77; }
command -v python3 >/dev/null || { echo "SKIPPED: facts: needs python3"; exit 77; }
images=$(cut -f1 "$MEKIT_SHARED/goldens/manifests.tsv" | grep -E '^(me-|sps-|txe-[12])' | sort -u)
# shellcheck disable=SC2086
exec "$MEKIT_SHARED/check/facts" "$1" --manifests $images
