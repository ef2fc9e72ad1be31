# SPDX-License-Identifier: MIT
# Read by the two scripts beside it: finds the filters, keeps a folder for what is not finished, reads options.
# shellcheck shell=sh disable=SC2154 # self, with_value, long_names: the script's
set -u
here=$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")
for place in "${MEKIT_TOOLS-}" "$here/.." "$here/../../bin" "$here/../../../bin"; do
    if [ -n "$place" ] && [ -x "$place/me-strip" ]; then
        PATH=$place:$PATH
        break
    fi
done
command -v me-strip >/dev/null || {
    echo "$self: me-strip is not found: set MEKIT_TOOLS to the folder of mekit's tools" >&2
    exit 1
}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

fail() {
    echo "$self: $*" >&2
    exit 1
}

# step WHAT COMMAND...: the command must succeed; what it says is shown if it does not, and its warnings always.
step() {
    what=$1
    shift
    if "$@" 2>"$work/words"; then
        grep 'warning: ' "$work/words" >&2
        return 0
    fi
    cat "$work/words" >&2
    fail "$what failed; nothing was written"
}

# place FILE TARGET: the finished file takes its place. A target in another file system is written beside first.
place() {
    if ! cp "$1" "$2.mekit-new" || ! mv -f "$2.mekit-new" "$2"; then
        rm -f "$2.mekit-new"
        fail "can't write $2"
    fi
}

show_version() { fpt-dump --version | sed "1s/^[^ ]*/$self/; 1q"; }

# long_letter NAME: the letter of a long name in $long_names, or of the only one that begins so
long_letter() {
    letters=''
    for row in $long_names; do
        case $row in
        "$1":*) echo "${row##*:}" && return ;;
        "$1"*) case $letters in *"${row##*:}"*) ;; *) letters=$letters${row##*:} ;; esac ;;
        esac
    done
    [ ${#letters} -eq 1 ] && echo "$letters"
}

# read_options ARGUMENT...: calls on_option LETTER VALUE for each option, and puts the one FILE into $file. The script
# has $with_value (letters that take a value) and $long_names (NAME:LETTER of each long option).
file=''
read_options() {
    while [ $# -gt 0 ]; do
        word=$1
        shift
        case $word in
        --)
            [ $# -le 1 ] || fail "only one file can be given"
            [ $# -eq 0 ] || take_file "$1"
            return
            ;;
        --*)
            name=${word#--}
            letter=$(long_letter "${name%%=*}") || fail "no such option: --${name%%=*}"
            case $name in
            *=*)
                case $with_value in *"$letter"*) ;; *) fail "--${name%%=*} takes no value" ;; esac
                set -- "${name#*=}" "$@"
                ;;
            esac
            ;;
        -?*)
            rest=${word#-?}
            letter=${word#-}
            letter=${letter%"$rest"}
            case $with_value in
            *"$letter"*) [ -z "$rest" ] || set -- "$rest" "$@" ;;
            *) [ -z "$rest" ] || set -- "-$rest" "$@" ;;
            esac
            ;;
        *)
            take_file "$word"
            continue
            ;;
        esac
        case $with_value in
        *"$letter"*)
            [ $# -gt 0 ] || fail "an argument is missing for $word"
            on_option "$letter" "$1"
            shift
            ;;
        *) on_option "$letter" '' ;;
        esac
    done
}

take_file() {
    [ -z "$file" ] || fail "only one file can be given"
    file=$1
}

check_file() {
    [ -n "$file" ] || fail "a file is needed"
    if [ ! -r "$file" ] || [ -d "$file" ]; then fail "can't read $file"; fi
}
