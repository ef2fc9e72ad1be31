# What people really hand in, through the reference's own cases.
[ -x "$MEKIT_SHARED/check/field" ] || { echo "SKIPPED: field: no reference material (../shared/check)"; exit 77; }
command -v python3 >/dev/null || { echo "SKIPPED: field: needs python3"; exit 77; }
[ "$MEKIT_SANITIZED" = ON ] && { echo "SKIPPED: field: done by the release build"; exit 77; }
exec "$MEKIT_SHARED/check/field" "$1"
