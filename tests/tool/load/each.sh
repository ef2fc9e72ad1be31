# SPDX-License-Identifier: MIT
# Many files: results in the order of the names, and one that is bad stops no other.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
forge good-full-me8 good.rom
forge good-full-me11 other.rom
forge bad-signature bad.rom
head -c 70000 /dev/urandom >noise.rom
mkdir folder
mkfifo never

# words of the lines, in their order
verdicts() { cut -c 1-8 out | tr -d '\n ' ; }
gives() { [ "$(verdicts)" = "$1" ]; }
count() { grep -c "$1" "$2" | grep -qx "$3"; }

set --
for i in 1 2 3 4 5 6 7 8 9 10; do set -- "$@" good.rom bad.rom other.rom; done
has_exit 1 "thirty files" rsa-check --each "$@"
ok "the order is that of the names" [ "$(sed 's/.* //' out | tr '\n' ' ')" = "$* " ]
cp out wanted
for jobs in 1 3 64 9999999999999999999999; do
    has_exit 1 "-j $jobs" rsa-check --each -j $jobs "$@"
    ok "-j $jobs: the same" is_same out wanted
done
has_exit 1 "without a sandbox" rsa-check --each --no-sandbox "$@"
ok "without a sandbox: the same" is_same out wanted
printf '%s\0' "$@" >list
has_exit 1 "a list" rsa-check --files0-from=list
ok "a list: the same" is_same out wanted
has_exit 1 "a list on standard input" sh -c "cat list | rsa-check --files0-from=-"
ok "a list on standard input: the same" is_same out wanted
rsa-check --each --json "$@" >wanted
has_exit 1 "JSON to a file" rsa-check --each --json=json "$@"
ok "JSON to a file: the same" is_same json wanted
has_exit 0 "fpt-dump" fpt-dump --each good.rom other.rom
ok "fpt-dump tells of both" count ' image, 0x' out 2
has_exit 2 "fpt-dump: several FILEs without --each" fpt-dump good.rom other.rom

# bad names between good ones
printf '%s\0' good.rom missing "" folder /dev/zero noise.rom - >list
printf 'other.rom' >>list
has_exit 2 "a bad list" rsa-check --files0-from=list
ok "a bad list: the rest is done" gives OKREFUSEDOK
for name in missing empty folder /dev/zero ./-; do
    ok "a bad list: $name is told" says err "$name"
done
has_exit 3 "the worst status" rsa-check --each good.rom bad.rom noise.rom
for list in nowhere folder /dev/zero; do
    has_exit 2 "the list $list" rsa-check --files0-from=$list
done
has_exit 2 "a list that never ends" sh -c "yes | rsa-check --files0-from=-"
has_exit 0 "an empty list" rsa-check --files0-from=/dev/null
has_exit 2 "the list and a FILE" rsa-check --files0-from=list good.rom
has_exit 2 "--pass and a list" rsa-check --pass --files0-from=list
has_exit 2 "--diff and --each" fpt-dump --each --diff good.rom other.rom
for jobs in 0 -1 x ''; do has_exit 2 "-j '$jobs'" rsa-check --each -j "$jobs" good.rom; done
cp good.rom kept.rom
has_exit 2 "JSON onto an input" rsa-check --each --json=kept.rom good.rom kept.rom
ok "JSON onto an input: it is as it was" is_same kept.rom good.rom
has_exit 2 "nobody takes the report" sh -c "rsa-check --each good.rom other.rom >/dev/full"

# what has no end, is huge, hostile or not readable, between good ones: the FIFO ends with the worker's patience
truncate -s 300M huge
forge bad-lzma-bomb bomb.rom
forge bad-lzma-stream stream.rom
cp good.rom secret
chmod 000 secret
printf '%s\0' good.rom never bomb.rom huge stream.rom secret other.rom >list
if [ "$(id -u)" -eq 0 ]; then
    echo "SKIPPED: root may read everything"
    sed 's/secret/mystery/' list >named && mv named list
fi
rsa-check -j 2 --files0-from=list >endless 2>endless.err &
endless=$!

# the progress line: only on a terminal, and only if the answers go elsewhere
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    on_terminal() { script -qec "$1" /dev/null </dev/null >terminal 2>&1; }
    on_terminal "rsa-check --each good.rom bad.rom other.rom >out"
    ok "a terminal is told how many" [ "$(tr '\r' '\n' <terminal | grep -cx '[123]')" -eq 3 ]
    ok "the line is ended" [ "$(tail -c 1 terminal | od -An -tu1 | tr -d ' ')" = 10 ]
    ok "the answers are as they were" gives OKBADOK
    on_terminal "rsa-check -q --each good.rom other.rom >out"
    ok "-q tells no progress" is_empty terminal
    on_terminal "rsa-check --each good.rom other.rom"
    ok "where the answers go to the terminal there is no progress" [ "$(grep -c '^[0-9]' terminal)" -eq 0 ]
else
    echo "SKIPPED: progress: no terminal can be made here (script(1), /dev/pts)"
fi
has_exit 1 "no terminal" rsa-check --each good.rom bad.rom
ok "no terminal: no progress" is_empty err

# workers that die, and who outlives whom: the one at work waits for a FIFO
worker() {
    child=''
    for _ in $(seq 50); do
        child=$(cat "/proc/$parent/task/$parent/children" 2>/dev/null)
        child=${child%% *}
        [ -n "$child" ] && grep -qs wait_for_partner "/proc/$child/wchan" && return
        sleep 0.2
    done
    [ -n "$child" ]
}
is_gone() {
    for _ in $(seq 50); do
        [ -d "/proc/$1" ] || return 0
        sleep 0.2
    done
    return 1
}
# AddressSanitizer would make an exit status of the signal.
ASAN_OPTIONS=handle_segv=0 rsa-check --each -j 1 good.rom never other.rom >out 2>err &
parent=$!
if worker; then
    kill -SEGV "$child"
    wait "$parent"
    status=$?
    ok "a worker dies: exit $status" [ $status -eq 2 ]
    ok "a worker dies: the rest is done" gives OKOK
    ok "a worker dies: it is told" says err 'never: .*signal 11'
    rsa-check --each -j 1 good.rom never other.rom >out 2>err &
    parent=$!
    worker && kill -TERM "$parent"
    wait "$parent" 2>/dev/null
    ok "the first process dies: no worker is left" is_gone "$child"
    ok "the first process dies: no half line" gives OK
    # Ctrl-C: the terminal sends it to all of them
    setsid env --default-signal=INT rsa-check --each -j 1 good.rom never other.rom >out 2>err &
    parent=$!
    worker && kill -INT "-$parent"
    wait "$parent" 2>/dev/null
    status=$?
    ok "Ctrl-C: it ends by it: $status" [ $status -eq 130 ]
    ok "Ctrl-C: no worker is left" is_gone "$child"
    ok "Ctrl-C: no half line" gives OK
    ok "Ctrl-C: the line is whole" [ "$(tail -c 1 out | od -An -tu1 | tr -d ' ')" = 10 ]
else
    kill "$parent"
    echo "SKIPPED: /proc lists no children"
fi

wait "$endless"
status=$?
mv endless out
mv endless.err err
ok "an endless list of trouble: exit $status" [ $status -eq 2 ]
ok "endless, huge, hostile: the rest is done: $(verdicts)" gives OKBADBADOK
for name in never huge "$([ "$(id -u)" -eq 0 ] && echo mystery || echo secret)"; do
    ok "endless, huge, unreadable: $name is told" says err "$name"
done
finish
