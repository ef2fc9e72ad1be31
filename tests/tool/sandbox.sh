# SPDX-License-Identifier: MIT
# The sandbox refuses what it has to. Each attempt must first work without it, so that the test can fail.
. "$(dirname "$0")/lib.sh"
PATH=$MEKIT_BUILD/tests/tool/probe:$PATH
cd "$work" || exit 2
active=$(probe report) || exit 2
case $active in none*) skip "sandbox: $active" ;; esac
has() { probe kernel | grep -q "$1" && echo yes || echo no; }
seccomp=$(has seccomp) landlock=$(has Landlock)
case $seccomp$landlock in
nono) skip "sandbox: the kernel has neither seccomp nor Landlock: $active" ;;
noyes) echo "SKIPPED: the half of seccomp: $active" ;;
yesno) echo "SKIPPED: the half of Landlock: $active" ;;
esac
[ "$seccomp" = no ] || ok "seccomp is active: $active" [ "${active#seccomp}" != "$active" ]
[ "$landlock" = no ] || ok "Landlock is active: $active" [ "${active% Landlock [0-9]*}" != "$active" ]
worked=10 killed=159

fresh() {
    rm -rf here there
    mkdir here here/below there
    echo old >here/file
    echo old >there/file
}
# try STATUS OPTIONS -- ACTION...: what it is without the sandbox, and with it; if $gone is not empty (seccomp or
# landlock), with the other half alone too. All of it also on a thread of the tools; without seccomp they start none.
gone=''
threads='--thread'
if [ "$(nproc)" -lt 2 ]; then
    threads=''
    echo "SKIPPED: threads: there is one processor"
fi
try() {
    status=$1 options=''
    shift
    while [ "$1" != -- ]; do options="$options $1" && shift; done
    shift
    for on in '' $threads; do
        fresh
        # shellcheck disable=SC2086
        has_exit $worked "outside: $on $*" probe $on --free "$@"
        fresh
        # shellcheck disable=SC2086
        has_exit "$status" "inside ($options): $on $*" probe $on $options "$@"
        [ -n "$gone" ] && [ "$seccomp$landlock" = yesyes ] && [ "$gone$on" != seccomp--thread ] || continue
        fresh
        # shellcheck disable=SC2086
        has_exit "$status" "inside ($options), no $gone: $on $*" probe --without "$gone" probe $on $options "$@"
    done
}

# Nothing is needed: nothing is there.
gone=landlock
try $worked -- memory
for action in 'read here/file' 'overwrite here/file' 'truncate here/file' 'create here/new' 'list here'; do
    # shellcheck disable=SC2086
    try 0 -- $action
done
# What only seccomp knows of, or Landlock too.
if [ "$seccomp" = yes ]; then
    for action in exec fork ptrace socket; do try $killed -- $action; done
    for action in kill code protect limit 'stat here/file' 'chmod here/file'; do
        # shellcheck disable=SC2086
        try 0 -- $action
    done
fi
for action in 'unlink here/file' 'rename here/file here/new' 'link here/file here/new' 'symlink file here/new' \
    'mkdir here/new'; do
    # shellcheck disable=SC2086
    try 0 -- $action
done

gone=seccomp
try 0 -- unlink here/file
try 0 -- rename here/file here/new
try 0 -- mkdir here/new

# A file is to be written: only new files and renames in its folder.
try $worked --file here/out -- create here/new
try $worked --file here/out -- rename here/file here/new
try $worked --file here/out -- unlink here/file
try $worked --file here/out -- list here
try 0 --file here/out -- read here/file
if [ "$seccomp" = yes ]; then
    gone=landlock
    for action in 'overwrite here/file' 'truncate here/file' 'mkdir here/new' 'link here/file here/new' \
        'symlink file here/new' 'chmod here/file'; do
        # shellcheck disable=SC2086
        try 0 --file here/out -- $action
    done
    for action in exec fork ptrace socket; do try $killed --file here/out -- $action; done
    try 0 --file here/out -- code
fi
if [ "$landlock" = yes ]; then
    gone=seccomp
    for action in 'create there/new' 'unlink there/file' 'rename there/file here/new' 'rename here/file there/new' \
        'list there' 'truncate there/file'; do
        # shellcheck disable=SC2086
        try 0 --file here/out -- $action
    done
    try 0 --in-place here/file -- link here/file there/new
    try 0 --folder here/new -- mkdir there/new
    try 0 --folder here/below -- create here/new
fi
gone=''
try $worked --in-place here/file -- link here/file here/new
try $worked --folder here/new -- mkdir here/new
try $worked --folder here/below -- create here/below/new

# What is set last; a container may have a filter of its own from the start.
is_inside() {
    grep -q '^Max open files  *0  *0 ' "/proc/$1/limits" || return
    [ "$seccomp" = no ] || grep -q 'Seccomp:.2' "/proc/$1/status"
}

is_worker_inside() {
    worker=$(cat "/proc/$1/task/$1/children") && [ -n "$worker" ] && is_inside "${worker% }"
}
# soon COMMAND...: within a second
soon() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        if "$@"; then return; else sleep 0.1; fi
    done
    "$@"
}

# The tools are in the sandbox while they wait at a full pipe.
forge good-x230-12m in.bin
mkfifo pipe
tell_tools
for t in $(printf '%s:-q ' $filters) $(printf '%s:--pass ' $reports); do
    "${t%:*}" "${t#*:}" in.bin >pipe 2>err &
    exec 3<pipe
    soon is_inside $!
    ok "$t: no new privileges" grep -q 'NoNewPrivs:.1' "/proc/$!/status"
    [ "$seccomp" = no ] || ok "$t: seccomp" grep -q 'Seccomp:.2' "/proc/$!/status"
    case $t in rsa-check* | fpt-dump*)
        [ -z "$threads" ] || ok "$t: it has threads" [ "$(find "/proc/$!/task" -mindepth 1 -maxdepth 1 | wc -l)" -gt 1 ]
        for status in "/proc/$!/task"/*/status; do
            ok "$t: a thread has no new privileges" grep -q 'NoNewPrivs:.1' "$status"
            [ "$seccomp" = no ] || ok "$t: seccomp for a thread" grep -q 'Seccomp:.2' "$status"
        done
        ;;
    esac
    ok "$t: no core file" grep -q '^Max core file size  *0  *0 ' "/proc/$!/limits"
    ok "$t: no process" grep -q '^Max processes  *0  *0 ' "/proc/$!/limits"
    ok "$t: no descriptor" grep -q '^Max open files  *0  *0 ' "/proc/$!/limits"
    cat <&3 >out
    exec 3<&-
    wait $!
    ok "$t: ends well" [ $? -eq 0 ]
done

# They read standard input inside it.
for t in $(printf '%s:-q ' $filters) $(printf '%s:--pass ' $reports); do
    "${t%:*}" "${t#*:}" <pipe >out 2>err &
    exec 3>pipe
    ok "$t: in the sandbox before it reads" soon is_inside $!
    cat in.bin >&3
    exec 3>&-
    wait $!
    ok "$t: ends well with standard input" [ $? -eq 0 ]
done

# So does each worker of --each.
for t in $reports; do
    "$t" --each - <pipe >out 2>err &
    exec 3>pipe
    ok "$t: a worker is in the sandbox before it reads" soon is_worker_inside $!
    cat in.bin >&3
    exec 3>&-
    wait $!
    ok "$t: ends well with a worker" [ $? -eq 0 ]
done

# If a container or the kernel forbids a part, the tool runs without it, and -v says so.
me-strip -q in.bin >wanted
for t in $all; do
    has_exit 0 "$t -V" "$t" -V
    ok "$t -V tells what is active" says out "^sandbox: $active\$"
    has_exit 0 "$t -V --no-sandbox" "$t" -V --no-sandbox
    ok "$t -V --no-sandbox tells that nothing is" says out '^sandbox: none (--no-sandbox)'
    has_exit 0 "$t with all of it, -v" "$t" -v in.bin
    [ "$seccomp$landlock" = yesyes ] && ok "$t: silent if nothing lacks" [ "$(grep -c sandbox err)" -eq 0 ]
    [ "$seccomp" = yes ] || continue
    has_exit 0 "$t where neither is allowed" probe --without both "$t" -v in.bin
    ok "$t: -v tells" says err "^$t: sandbox: no seccomp (Operation not permitted); no Landlock (Function"
    has_exit 0 "$t where neither is allowed, without -v" probe --without both "$t" in.bin
    ok "$t: silent without -v" [ "$(grep -c sandbox err)" -eq 0 ]
done
[ "$seccomp" = yes ] || finish # the probe forbids by seccomp
for gone in both landlock seccomp; do
    has_exit 0 "me-strip without $gone" probe --without $gone me-strip -q in.bin
    ok "me-strip without $gone: the same bytes" is_same out wanted
    has_exit 0 "me-strip -o without $gone" probe --without $gone me-strip -q -o out.bin in.bin
    ok "me-strip -o without $gone: the same bytes" is_same out.bin wanted
done
finish
