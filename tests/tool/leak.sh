# SPDX-License-Identifier: MIT
# In the build with sanitizers a tool that loses memory fails, however well it did its work, and with no status of the
# contract: the other scripts' checks of exit statuses rest on that.
. "$(dirname "$0")/lib.sh"
[ "$MEKIT_SANITIZED" = ON ] || skip "leak: done by the build with sanitizers"
forge good-me8 "$work/image"
has_exit 99 "a tool that leaks" "$MEKIT_BUILD/tests/tool/probe/leak" "$work/image"
ok "the leak is told" says "$work/err" 'LeakSanitizer: detected memory leaks'
has_exit 0 "one that does not" fpt-dump -q "$work/image"
finish
