# SPDX-License-Identifier: MIT
# The bytes of me_cleaner 1.2 and ifdtool, where those are right.
[ -x "$MEKIT_SHARED/check/parity" ] || { echo "SKIPPED: parity: no reference material (../shared/check)"; exit 77; }
[ "$MEKIT_SANITIZED" = ON ] && { echo "SKIPPED: parity: done by the release build"; exit 77; }
command -v python3 >/dev/null || { echo "SKIPPED: parity: needs python3"; exit 77; }
exec "$MEKIT_SHARED/check/parity" "$1"
