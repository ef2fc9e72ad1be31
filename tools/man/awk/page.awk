# SPDX-License-Identifier: MIT
# Puts the options into a page. -v tool=NAME, version=, date=; input: rows of all tools, common ones marked (see make),
# then the page. @OPTIONS@ becomes the tool's own options and the names of the common ones; @COMMON@ all common options,
# under the tools that have them.
BEGIN {FS = "\t"}
function roff(s) {
    gsub(/\\/, "\\e", s)
    gsub(/-/, "\\-", s)
    return s
}
function dashed(letter, name) {
    return (letter ? "\\-" letter : "") (letter && name ? ", " : "") (name ? "\\-\\-" roff(name) : "")
}
function entry(i, left) {
    left = dashed(letter[i], name[i])
    if (kind[i] == "required") left = left (name[i] ? "=" : " ") "\\fI" roff(argument[i]) "\\fR"
    if (kind[i] == "optional") left = left "[=\\fI" roff(argument[i]) "\\fR]"
    print ".TP\n.B " left
    wrap(toupper(substr(text[i], 1, 1)) roff(substr(text[i], 2)) ".")
}
function wrap(s, n, words, i, line) {
    n = split(s, words, " ")
    line = words[1]
    for (i = 2; i <= n; i++)
        if (length(line " " words[i]) > 78) {
            print line
            line = words[i]
        } else line = line " " words[i]
    print line
}
function options(i, own, shared) {
    for (i = 1; i <= rows; i++)
        if (row_tool[i] == tool && !common[i]) {
            if (!own++) print ".SH OPTIONS"
            entry(i)
        }
    print own ? ".SS Common options" : ".SH OPTIONS"
    for (i = 1; i <= rows; i++)
        if (row_tool[i] == tool && common[i])
            shared = shared (shared ? ", " : "") dashed(letter[i], name[i])
    wrap("As for every tool of its kind: " shared ". They are in")
    print ".BR mekit (7)."
}
function commons(i, k) {
    for (k = 1; k <= groups; k++) {
        print ".SS " group[k]
        for (i = 1; i <= rows; i++)
            if (common[i] == group[k] && first[i]) entry(i)
    }
}
FNR == NR {
    rows++
    row_tool[rows] = $1
    letter[rows] = $2
    name[rows] = $3
    argument[rows] = $4
    kind[rows] = $5
    text[rows] = $6
    common[rows] = $7
    first[rows] = $7 && !seen[$2 $3]++
    if ($7 && !known[$7]++) group[++groups] = $7
    next
}
/^@OPTIONS@$/ {options(); next}
/^@COMMON@$/ {commons(); next}
{
    gsub(/@VERSION@/, version)
    print
}
