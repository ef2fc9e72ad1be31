# SPDX-License-Identifier: MIT
# Completions of one tool for one shell. -v tool=NAME, shell=bash|zsh|fish; input: rows of all tools.
BEGIN {FS = "\t"}
function quote(s) {
    gsub(/'/, shell == "fish" ? "\\'" : "'\\''", s)
    return "'" s "'"
}
function zsh_text(s) {
    gsub(/\[/, "\\[", s)
    gsub(/\]/, "\\]", s)
    gsub(/:/, "\\:", s)
    return s
}
function zsh(left, tail) {
    tail = "[" zsh_text($6) "]"
    if ($5 != "flag") tail = tail ($5 == "optional" ? "::" : ":") zsh_text($4) ":" ($4 == "DIR" ? "_files -/" : "_files")
    left = $5 == "required" && $3 ? "--" $3 "=" : $5 == "optional" ? "--" $3 "=-" : "--" $3
    if ($2) print "    " quote("-" $2 tail) " \\"
    if ($3) print "    " quote(left tail) " \\"
}
$1 != tool {next}
shell == "bash" {words = words ($2 ? " -" $2 : "") ($3 ? " --" $3 : "")}
shell == "zsh" && !begun++ {print "#compdef " tool "\n_arguments -s \\"}
shell == "zsh" {zsh()}
shell == "fish" {
    print "complete -c " tool ($2 ? " -s " $2 : "") ($3 ? " -l " $3 : "") ($5 == "required" ? " -r" : "") " -d " quote($6)
}
END {
    if (shell == "zsh") print "    '*:file:_files'"
    if (shell != "bash") exit
    f = "_mekit_" tool
    gsub(/-/, "_", f)
    print f "() {"
    print "    COMPREPLY=()"
    print "    case ${COMP_WORDS[COMP_CWORD]} in"
    print "    -*) mapfile -t COMPREPLY < <(compgen -W '" substr(words, 2) "' -- \"${COMP_WORDS[COMP_CWORD]}\") ;;"
    print "    esac"
    print "}"
    print "complete -o default -F " f " " tool
}
