# SPDX-License-Identifier: MIT
# The rows of --help as lines of TAB-separated fields: TOOL, letter, long name, argument, kind (flag, required, optional),
# text. -v tool=NAME; input: what NAME --help prints.
function flush() {
    if (seen) print tool "\t" letter "\t" name "\t" argument "\t" kind "\t" text
    seen = 0
}
function trim(s) {
    gsub(/^ +| +$/, "", s)
    return s
}
function begin(left) {
    flush()
    seen = 1
    letter = name = argument = text = ""
    kind = "flag"
    if (match(left, /^-[A-Za-z0-9]/)) letter = substr(left, 2, 1)
    if (match(left, /--[a-z0-9_-]+/)) name = substr(left, RSTART + 2, RLENGTH - 2)
    if (match(left, /\[=.*\]$/)) {
        kind = "optional"
        argument = substr(left, RSTART + 2, RLENGTH - 3)
    } else if (match(left, /=.*$/)) {
        kind = "required"
        argument = substr(left, RSTART + 1)
    } else if (match(left, / [A-Z]+$/)) {
        kind = "required"
        argument = substr(left, RSTART + 1)
    }
}
/^options:$/ {inside = 1; next}
/^[a-z]/ {inside = 0}
!inside {next}
# An option begins at column 3 or 7; what goes on does so farther right.
match($0, /^(  -[A-Za-z0-9](,  *--[a-z0-9_-]+[^ ]*| [A-Z]+)?|      --[a-z0-9_-]+[^ ]*)/) {
    width = RLENGTH
    begin(trim(substr($0, 1, width)))
    text = trim(substr($0, width + 1))
    next
}
seen {text = trim(text " " trim($0))}
END {flush()}
