# SPDX-License-Identifier: MIT
# The file systems of real images, as a separate reader saw them.
[ -x "$MEKIT_SHARED/check/mfs" ] || { echo "SKIPPED: mfs: no reference material (../shared/check)"; exit 77; }
command -v python3 >/dev/null || { echo "SKIPPED: mfs: needs python3"; exit 77; }
exec "$MEKIT_SHARED/check/mfs" "$1"
