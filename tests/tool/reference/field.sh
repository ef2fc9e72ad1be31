# SPDX-License-Identifier: MIT
# What people really hand in, through the reference's own cases. One of them can't pass here: it lets a tool write 16 MiB
# to a FIFO whose reader stands still until the tool has ended, so that any program waits for ever
# (tests/tool/wrap/outputs.sh tries a FIFO that is read).
[ -x "$MEKIT_SHARED/check/field" ] || { echo "SKIPPED: field: no reference material (../shared/check)"; exit 77; }
command -v python3 >/dev/null || { echo "SKIPPED: field: needs python3"; exit 77; }
[ "$MEKIT_SANITIZED" = ON ] && { echo "SKIPPED: field: done by the release build"; exit 77; }
. "$(dirname "$0")/../lib.sh"
"$MEKIT_SHARED/check/field" "$tools" >"$work/out" 2>&1
cat "$work/out"
ok "it ran" grep -q '^[0-9]* passed, [0-9]* failed$' "$work/out"
ok "every case but the FIFO that nobody reads" [ -z "$(grep -v '^[0-9]* passed, [0-9]* failed$' "$work/out" |
    grep . | grep -v '^outputs: /dev/null, /dev/fd/1 and a FIFO .*TimeoutExpired.*fifo')" ]
finish
