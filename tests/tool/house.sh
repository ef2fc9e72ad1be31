# SPDX-License-Identifier: MIT
# The house rules that a machine can keep: sizes, arrows, who touches memory and streams. Each rule first proves
# on an example of its own that it can find what it looks for.
. "$(dirname "$0")/lib.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2
bad=$work/bad
mkdir -p "$bad/lib/format" "$bad/lib/base"

# Each rule prints what breaks it, for the sources under $1.
long_files() { find "$1" -name '*.[ch]' -exec awk 'FNR == 300 + 1 {print FILENAME ": over 300 lines"}' {} +; }
unlicensed() { find "$1" -name '*.[ch]' -exec awk 'FNR == 1 && !/SPDX-License-Identifier: MIT/ {print FILENAME}' {} +; }
long_functions() {
    find "$1" -name '*.c' -exec awk '/^[A-Za-z].*\) \{$/ {start = FNR} /^\}/ && start {
        if (FNR - start > 40) print FILENAME ":" start ": over 40 lines"; start = 0}' {} +
}
full_folders() {
    find "$1" -type d | while read -r d; do
        n=$(find "$d" -maxdepth 1 -type f | wc -l)
        [ "$n" -le 15 ] || echo "$d: $n files"
    done
}
streams() { grep -rnE '\b(printf|fprintf|puts|fopen|exit|getenv|perror)\(' "$1" --include='*.c'; }
# The rooms of the library, the lowest first; those in one line know nothing of each other.
cat >"$work/floors" <<'FLOORS'
base
format codec
image
verify
inspect
action
FLOORS
# not_below ROOM: the rooms that it may not know
not_below() {
    awk -v room="$1" '{for (i = 1; i <= NF; i++) if ($i == room) found = 1
        for (i = 1; found && i <= NF; i++) if ($i != room) print $i}' "$work/floors"
}
upward() {
    for room in $(cat "$work/floors"); do
        [ -d "$1/$room" ] || continue
        others=$(not_below "$room" | tr '\n' '|')
        [ -z "$others" ] || grep -rnE "#include <mekit/(${others%|})/" "$1/$room" --include='*.[ch]'
    done
}
# A quoted include names a file of the same room.
strangers() {
    grep -rnE '^#include "' "$1" --include='*.[ch]' | while IFS=: read -r file line include; do
        name=${include#*\"} room=${file#"$1"/}
        path=$(realpath -m --relative-to="$1" "$(dirname "$file")/${name%%\"*}")
        [ -f "$1/$path" ] && [ "${path%%/*}" = "${room%%/*}" ] || echo "$file:$line: $include"
    done
}
# The same for calls, by the symbols of object files: $1/ROOM/*.o; tools is the room above all.
calls_upward() {
    for room in $(cat "$work/floors") tools; do
        find "$1/$room" -name '*.o' -exec nm -g {} + 2>/dev/null | awk -v room="$room" '
            NF == 2 && $1 == "U" {print "use", room, $2}
            NF == 3 {print "is", room, $3}'
    done | sort -u | awk 'FNR == NR {for (i = 1; i <= NF; i++) floor[$i] = NR; next}
        {floor["tools"] = 99}
        $1 == "is" {home[$3] = $2}
        $1 == "use" && $3 in home && home[$3] != $2 && floor[home[$3]] >= floor[$2] {
            print $2 " calls " $3 " of " home[$3]}' "$work/floors" -
}
# An action may show the generation; what follows from it is a fact of the tree.
generations() { grep -rnE 'MK_GENERATION_|(->|\.)generation *([=!<>]=|[<>?]|&&|\|\|)' "$1/action" --include='*.[ch]'; }
# A span's pointer is followed only in span.c; elsewhere it may be handed on whole.
pointers() { grep -rnE '\.p\[|->p\[|\*[a-z_.]+\.p\b' "$1" --include='*.c' | grep -v 'base/span\.c'; }
unsafe() { grep -rnE '\b(strcpy|strcat|sprintf|gets|alloca|atoi)\(' "$1" --include='*.c'; }
# A function that calls itself: an image could choose how deep. Others are clang-tidy's (misc-no-recursion).
recursion() {
    find "$1" -name '*.c' -exec awk '/^[a-z].*\(/ && !/;$/ {name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)}
        /^}/ {name = ""}
        /^ / && name && $0 ~ "(^|[^a-z0-9_>.])" name "\\(" {print FILENAME ":" FNR ": " name " calls itself"}' {} +
}
# What is allocated for n things goes through calloc or mk_resize, which look at the product.
products() { grep -rnE '\b(malloc|realloc)\([^;]* \* ' "$1" --include='*.c' | grep -v 'base/arith\.c'; }
# Text of an image goes out through mk_text_*. Names that are no image's: those of our own tables, of inputs (masked
# in run.c), of codebooks' lists, and those of links
# and decisions (masked where they are made).
unmasked() {
    find "$1" -name '*.c' -exec awk 'FNR == 1 {text = ""} {text = text " " $0}
        /[;}{]$/ && text ~ /(printf|put[cs]|mk_fail[a-z_]*|mk_plan_[a-z]+|find|json_string|json_pack)\(/ {
            while (match(text, /(mk_text_[a-z_]+|report_text)\([^()]*(\([^()]*\)[^()]*)*\)/))
                text = substr(text, 1, RSTART - 1) substr(text, RSTART + RLENGTH)
            gsub(/(tool|field|platform|row|seen|input|inputs\[[a-z0-9]*\]|list|link|d)(->|\.)name/, "", text)
            gsub(/\.name = "[^"]*"/, "", text)
            if (FILENAME ~ /tools\/rsa-check/) gsub(/ m->name/, "", text)
            if (text ~ /(->|\.)name[^a-z_]|\(const char \*\)/) print FILENAME ":" FNR ":" text
        }
        /[;}{]$/ {text = ""}' {} +
}
# A loop behind a pipe is a shell of its own: an exit there ends the loop, and the script goes on.
lost_exits() {
    find "$1" -type f -exec awk 'FNR == 1 {on = /^#!/ || /^# SPDX/; loop = 0} !on {next}
        / \| while / {loop = 1}
        loop && /(^|\|\||&&|;|then|do|\{) *exit( [0-9$]|;|$)/ {print FILENAME ":" FNR ": " $0}
        /^ *done/ || /; done/ {loop = 0}' {} +
}
leftovers() {
    find "$1" -mindepth 1 -maxdepth 1 ! -name '.*' ! -name '*.md' ! -name 'CMake*' | sed 's|.*/||' |
        grep -vxE 'LICENSE|build|debian|fixtures|fuzz|include|lib|tests|tools'
}
machine() { grep -rnE '/(work|tmp|home)/' "$1"; }

{ echo 'int long_one(void) {'; yes '    x();' | head -n 400; echo '}'; } >"$bad/lib/format/long.c"
cat >"$bad/lib/format/wrong.c" <<'C'
#include <mekit/image/image.h>
int wrong(struct mk_span s) { char t[9]; strcpy(t, "/tmp/x"); printf("%c", s.p[0]); return 0; }
C
cat >"$bad/lib/format/worse.c" <<'C'
unsigned depth(unsigned n) {
    return n > 0 ? depth(n - 1) : 0;
}
void *room(size_t n) { return malloc(n * sizeof(int)); }
void tell(const struct mk_partition *p) {
    printf("%.4s\n",
           p->name);
}
C
i=0
while [ $i -le 16 ]; do : >"$bad/lib/base/f$i.c"; i=$((i + 1)); done

for rule in long_files long_functions unlicensed full_folders recursion unmasked; do
    ok "$rule finds its bad example" [ -n "$($rule "$bad/lib")" ]
done
ok "leftovers finds its bad example" [ -n "$(leftovers "$bad/lib")" ]
mkdir -p "$bad/tests"
pipe='|'
cat >"$bad/tests/lost.sh" <<SH
# SPDX
rows $pipe while read -r row; do
    cp "\$row" here || exit 2
done
SH
ok "lost_exits finds its bad example" [ -n "$(lost_exits "$bad/tests")" ]
cat >"$bad/tests/lost.sh" <<SH
# SPDX
rows $pipe while read -r row; do
    echo "exit \$row"
done
while read -r row; do
    exit 2
done <rows
SH
ok "lost_exits lets pass what is allowed" [ -z "$(lost_exits "$bad/tests")" ]
# Each word that a rule looks for, alone in a file of a room: RULE|ROOM|LINE
cat >"$work/lines" <<'LINES'
upward|base|#include <mekit/codec/lzma.h>
upward|base|#include <mekit/format/fpt.h>
upward|base|#include <mekit/image/image.h>
upward|base|#include <mekit/action/plan.h>
upward|codec|#include <mekit/format/fpt.h>
upward|codec|#include <mekit/image/image.h>
upward|codec|#include <mekit/action/plan.h>
upward|format|#include <mekit/codec/lzma.h>
upward|format|#include <mekit/image/image.h>
upward|format|#include <mekit/action/plan.h>
upward|image|#include <mekit/action/plan.h>
upward|image|#include <mekit/verify/verify.h>
upward|verify|#include <mekit/inspect/inspect.h>
upward|inspect|#include <mekit/action/plan.h>
pointers|format|    return s.p[0];
pointers|format|    return s->p[i];
pointers|format|    return *s.p;
products|format|    p = malloc(n * sizeof *p);
products|format|    p = realloc(p, n * 4);
machine|format|/work/x
machine|format|/tmp/x
machine|format|/home/x
upward|base|#include <mekit/verify/verify.h>
upward|format|#include <mekit/inspect/state.h>
upward|verify|#include <mekit/action/seal.h>
strangers|format|#include "tool.h"
strangers|image|#include "../format/line.c"
strangers|format|#include "../../tools/options/tool.h"
generations|action|    if (f->generation == 1)
generations|action|    return MK_GENERATION_3;
unmasked|format|    puts(p->name);
unmasked|format|    fputs(m.name, words);
unmasked|format|    fprintf(words, "%s", p->name);
unmasked|format|    mk_fail(e, code, 0, "no %s", m->name);
unmasked|format|    mk_plan_remark(plan, level, "%s", (const char *)bytes);
unmasked|format|    find(findings, at, "%s", p->name);
unmasked|format|    json_object_set_new(o, "name", json_string(m->name));
unmasked|format|    return json_pack("{s:s}", "name", p->name);
LINES
for call in printf fprintf puts fopen exit getenv perror; do echo "streams|format|    $call(x);"; done >>"$work/lines"
for call in strcpy strcat sprintf gets alloca atoi; do echo "unsafe|format|    $call(x);"; done >>"$work/lines"
while IFS='|' read -r rule room line; do
    rm -rf "$bad"
    for r in $(cat "$work/floors"); do mkdir -p "$bad/lib/$r"; done
    printf '%s\n' "$line" >"$bad/lib/$room/line.c"
    ok "$rule finds $line in $room" [ -n "$($rule "$bad/lib")" ]
done <"$work/lines"
# What is allowed is not found.
cat >"$bad/lib/format/line.c" <<'C'
#include <mekit/base/span.h>
    snprintf(name, sizeof name, "%s", mk_text_mask(text, sizeof text, p->name, 4));
    p = mk_resize(p, n, sizeof *p);
    s.p = bytes;
C
for rule in streams upward strangers generations pointers unsafe recursion products unmasked machine; do
    ok "$rule lets pass what is allowed" [ -z "$($rule "$bad/lib")" ]
done
# CALLER|CALLED: a call from the one room into the other is found; FINE lines are not.
calls() {
    rm -rf "$bad"
    for r in $(cat "$work/floors") tools; do mkdir -p "$bad/$r"; done
    echo 'void called(void); void caller(void); void caller(void) { called(); }' |
        ${CC:-cc} -x c -c -o "$bad/$1/a.o" - && echo 'void called(void); void called(void) {}' |
        ${CC:-cc} -x c -c -o "$bad/$2/b.o" - && calls_upward "$bad"
}
for pair in base=codec base=action format=codec codec=format format=image image=verify verify=inspect inspect=action \
    base=tools action=tools; do
    ok "a call $pair is found" [ -n "$(calls "${pair%=*}" "${pair#*=}")" ]
done
for pair in codec=base image=format image=codec action=base tools=action tools=base; do
    ok "a call $pair is allowed" [ -z "$(calls "${pair%=*}" "${pair#*=}")" ]
done
none() { found=$("$@" 2>/dev/null) || :; [ -z "$found" ] || { echo "$found" | head -n 10; false; }; }
for place in lib include tools fixtures tests; do
    ok "files of $place" none long_files $place
    ok "functions of $place" none long_functions $place
    ok "licence of $place" none unlicensed $place
done
for place in lib include tools fixtures fuzz tests; do
    ok "folders of $place" none full_folders $place
done
ok "the top level has no leftovers" none leftovers .
ok "the library uses no streams and never ends the process" none streams lib
ok "includes run down the arrows" none upward lib
ok "the library includes no file of another room, nor of the tools" none strangers lib
ok "no action asks for the generation" none generations lib
ok "only span.c follows a pointer into an image" none pointers lib
for place in lib tools; do
    ok "no unsafe calls in $place" none unsafe $place
    ok "no text of an image but masked in $place" none unmasked $place
done
ok "the library calls no function from itself" none recursion lib
ok "the library allocates no product unchecked" none products lib
for place in lib include tools fixtures fuzz README.md; do
    ok "no machine path in $place" none machine $place
done

for place in tests tools/compat tools/man fixtures fuzz; do
    ok "no exit is lost behind a pipe in $place" none lost_exits $place
done

# What was built: the objects of each room, and of what all tools share.
objects=$(dirname "$tools")/CMakeFiles
if [ -d "$objects/mekit_base.dir" ]; then
    mkdir -p "$work/built"
    for room in $(cat "$work/floors"); do ln -s "$objects/mekit_$room.dir/lib/$room" "$work/built/$room"; done
    ln -s "$objects/mekit_tool.dir" "$work/built/tools"
    ok "the objects have symbols" [ "$(nm -g "$objects"/mekit_base.dir/lib/base/*.o | grep -c ' mk_')" -gt 10 ]
    ok "calls run down the arrows" none calls_upward "$work/built"
fi

# Every public header compiles alone.
find include -name '*.h' >"$work/headers"
while read -r header; do
    ok "$header compiles alone" ${CC:-cc} -std=c11 -Wall -Wextra -Werror -Iinclude -fsyntax-only -x c "$header"
done <"$work/headers"
# Every finding of the table has a row that tells what is then refused: an image that shows it, and one that does not.
sed -n 's/^ *X([A-Z_]*, "\([a-z-]*\)".*/\1/p' include/mekit/inspect/finding.h >"$work/ids"
ok "finding.h has a table of findings" [ "$(wc -l <"$work/ids")" -gt 30 ]
while read -r id; do
    ok "$id has a row in tests/tool/findings/findings.tsv" grep -q "^$id$(printf '\t')" tests/tool/findings/findings.tsv
done <"$work/ids"
finish
