# SPDX-License-Identifier: MIT
# The recipes of mekit-farm(7), as they are typed, on forged images; the machines of --sshlogin are shells. A recipe whose
# program is not installed is skipped by name. With MEKIT_LONG: 10,000 images, or MEKIT_IMAGES.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lib.sh"
page=$here/../../../tools/man/guides/mekit-farm.7
cd "$work" || exit 2

# recipe TITLE: the blocks below this title
recipe() {
    awk -v title="$1" '
        /^\.S[SH]/ {on = $0 == ".SS " title; nf = 0; next}
        /^\.fi/ {nf = 0}
        on && nf {print}
        /^\.nf/ {nf = 1}' "$page" | sed 's/^\\&//; s/\\-/-/g; s/\\e/\\/g'
}
try() { # TITLE PROGRAM: false if there is no such program
    if command -v "$2" >/dev/null; then
        recipe "$1" >script
        ok "$1: there is a recipe" grep -q . script
        has_exit 0 "$1" sh -e script
        [ "$got" -eq 0 ] || cat err
    else
        echo "SKIPPED: $1: $2 is not installed"
        return 1
    fi
}
names() { jq -r .input.name "$@" | sort; }
is_whole() { # REPORT...: each image once
    names "$@" >told
    is_same told wanted
}

mkdir images
for recipe in good-full-me8 good-full-me11 good-csme16 bad-signature bad-module-bytes; do
    for i in 1 2 3 4 5 6 7; do forge $recipe "images/$recipe $i.rom"; done
done
head -c 70000 /dev/zero >images/zeros.rom
find images -type f | sort >wanted

command -v jq >/dev/null || skip "farm: jq is not installed"
try "One machine" sort
ok "one machine: every image" is_whole report.json
cp report.json first.json
if try SQLite sqlite3; then
    has_exit 0 "SQLite: again" sh -e script
    ok "SQLite: an image is there once" [ "$(sqlite3 farm.db 'SELECT count(*) FROM image')" -eq 36 ]
    ok "SQLite: versions" [ "$(cut -d '|' -f 3 versions | sort -n | tr '\n' ' ')" = "1 7 7 21 " ]
    ok "SQLite: keys" [ "$(wc -l <keys)" -ge 2 ]
    ok "SQLite: keys have digests" grep -qE '^[0-9a-f]{64}\|' keys
    ok "SQLite: altered: $(wc -l <altered)" [ "$(wc -l <altered)" -eq 15 ]
    ok "SQLite: a bad signature" grep -q '^images/bad-signature 1.rom|invalid$' altered
    ok "SQLite: what was refused" grep -q '^images/zeros.rom|' altered
fi
rm -f report.json
if try "GNU parallel" parallel; then
    ok "parallel: the same answers" is_same report.json first.json
    has_exit 0 "parallel: again" sh -e script
    ok "parallel: nothing is done twice" is_same report.json first.json
fi
rm -f report.json

# What --sshlogin reaches here, in the place of ssh: a shell on this machine, that says which machine it was. As sshd does,
# it names the shell and begins in the home folder: parallel wants both.
cat >shell <<'SHELL'
#!/bin/sh
while :; do
    case $1 in
    -l | -p | -o | -S) shift 2 ;;
    -*) shift ;;
    *) break ;;
    esac
done
host=$1
shift
[ "$1" != -- ] || shift
echo "$host" >>"$HOSTS"
cd "${HOME:=/tmp}" || exit
export HOME SHELL=/bin/sh
exec sh -c "$*"
SHELL
chmod +x shell
if HOSTS=$work/hosts PARALLEL_SSH=$work/shell try "GNU parallel, many machines" parallel; then
    ok "many machines: the same answers" is_same report.json first.json
    ok "many machines: a stand-in was reached" grep -q '^host[12]$' hosts
fi

# Slurm's environment; with sbatch itself where a cluster is there to take it.
command -v sbatch >/dev/null || echo "SKIPPED: Slurm: sbatch is not installed; its script runs with Slurm's variables"
rm -f report*.json
recipe Slurm >script
ok "Slurm: a script" grep -q '^#SBATCH --array' script
slurm() {
    for i in 0 1 2 3; do
        SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_COUNT=4 SLURM_CPUS_PER_TASK=2 sh script || return
    done
}
has_exit 0 "Slurm" slurm
ok "Slurm: every image, once" is_whole report.0.json report.1.json report.2.json report.3.json
touch -d '2001-01-01' report.2.json
rm report.1.json
has_exit 0 "Slurm: again" slurm
ok "Slurm: what is there is not made again" [ -z "$(find report.2.json -newermt 2002-01-01)" ]
ok "Slurm: what is missing is made" is_whole report.0.json report.1.json report.2.json report.3.json

# ---- 10,000 images ----
[ "${MEKIT_LONG:-}" ] || finish
command -v parallel >/dev/null || skip "many images: parallel is not installed"
PATH=${MEKIT_BUILD:-$tools/..}/tests/tool/probe:$PATH
many=${MEKIT_IMAGES:-10000}
mkdir forged
forge --all forged
i=0
rm -rf images report*.json log
mkdir images
while [ $i -lt $many ]; do
    for file in forged/*.bin; do
        [ $i -lt $many ] && ln "$file" images/$i.rom
        i=$((i + 1))
    done
done
find images -type f | sort >wanted
tr '\n' '\0' <wanted >list
find forged -type f -print0 >short # each recipe once

# cpu JOBS: processor time for all of them, the least of three, in milliseconds
cpu() {
    for _ in 1 2 3; do
        bash -c 'TIMEFORMAT="%U %S"; time rsa-check -q -j "$1" --files0-from=list >/dev/null 2>&1' x "$1" 2>&1 |
            awk 'NF == 2 {printf "%d\n", 1000 * ($1 + $2)}'
    done | sort -n | head -n 1
}
one=$(cpu 1) all=$(cpu "$(nproc)")
ok "many images: $one ms of one processor, $all ms of all" [ $((all * 10)) -le $((one * 11)) ]
peak rsa-check -q --files0-from=short >/dev/null 2>few
peak rsa-check -q --files0-from=list >/dev/null 2>many
few=$(tail -n 1 few) most=$(tail -n 1 many)
ok "many images: $most KiB, $few for each recipe once" [ "$most" -le $((few + 1024)) ]

jobs=$(((many + 63) / 64))
recipe "GNU parallel" >script
setsid sh script 2>err &
job=$!
for _ in $(seq 600); do
    [ -e log ] && [ "$(wc -l <log)" -gt 3 ] && break
    sleep 0.1
done
kill -KILL -$job
wait $job 2>/dev/null
before=$(wc -l <log)
ok "many images: killed half-way, after $before jobs" [ "$before" -lt $jobs ]
has_exit 0 "many images: it goes on" sh -e script
ok "many images: each job is done once" [ "$(tail -n +2 log | cut -f 1 | sort -n | uniq | wc -l)" -eq $jobs ]
names report.json | uniq >told
ok "many images: every one is told: $(wc -l <told)" is_same told wanted
finish
