# SPDX-License-Identifier: MIT
# Every JSON document of every tool, on every forged image, is what tools/schema says. What a tool says that can't even
# begin is tried here, every other refusal in refusals.sh.
. "$(dirname "$0")/../lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
schema=$here/../../../tools/schema
cd "$work" || exit 2
python3 -c 'import jsonschema' 2>/dev/null || skip "schema: no python3-jsonschema (tests/setup --all installs it)"
mkdir forged documents
forge --all forged || exit 2
export TMPDIR="$work"

# Each run's documents: documents/KIND, one after the other.
say() { kind=$1 && shift && "$@" >>"documents/$kind" 2>/dev/null; }
warn() { kind=$1 && shift && "$@" 2>>"documents/$kind" >/dev/null; }
documents() {
    say fpt-dump fpt-dump --json "$1"
    say rsa-check rsa-check --json "$1"
    for filter in me-strip 'me-strip -S -d' 'me-strip -s' 'me-relocate --reclaim' ifd-unlock 'ifd-unlock --lock' me-extract; do
        # shellcheck disable=SC2086
        warn filter $filter --json "$1"
    done
    warn me-extract-scan me-extract --json --scan "$1"
    warn me-extract-files me-extract --json -n --all-modules d "$1"
    say fpt-dump-settings fpt-dump --json --settings "$1"
    if me-strip -q --undo-record undo -o stripped "$1" 2>/dev/null; then
        cat undo >>documents/undo-record
        say fpt-dump-diff fpt-dump --json --diff stripped "$1"
    fi
}
for image in forged/*; do documents "$image"; done
say fpt-dump-support fpt-dump --json --support
forge good-x230-12m a
cp a b
printf x | dd of=b bs=1 seek=70000 conv=notrunc 2>/dev/null
say rsa-check-reads rsa-check --json a b a
say rsa-check-reads rsa-check --json --vote v a b a
warn filter ifd-set --json --strap 3=0x55 a
warn filter ifd-layout --json pd=none a
warn filter ifd-insert --json --blank gbe a
warn failure me-strip --json -w
warn failure me-strip --json -w MSF a
warn failure me-strip --json nothing
warn failure rsa-check --json --pass nothing
if [ -d "${MEKIT_SHARED:-}/images" ]; then
    for image in "$MEKIT_SHARED"/images/*.bin; do documents "$image"; done
else
    echo "SKIPPED: no reference images (../shared/images)"
fi

for kind in fpt-dump rsa-check filter me-extract-scan me-extract-files fpt-dump-settings undo-record fpt-dump-diff \
    rsa-check-reads fpt-dump-support failure; do
    ok "$kind: there are documents" [ -s "documents/$kind" ]
    python3 "$here/../../schema.py" "$schema" "$kind" "documents/$kind" >out 2>&1
    ok "$kind: $(head -n 3 out)" [ $? -eq 0 ]
done
# What is wrong is seen.
printf '{"schema": "mekit/1", "tool": "fpt-dump", "version": "0"}' >wrong
if python3 "$here/../../schema.py" "$schema" fpt-dump wrong >/dev/null 2>&1; then ok "a document without its parts is refused" false; fi
rsa-check --json a | sed 's/"verdict": "valid"/"verdict": "fine"/' >wrong
if python3 "$here/../../schema.py" "$schema" rsa-check wrong >/dev/null 2>&1; then ok "an unknown word is refused" false; fi
finish
