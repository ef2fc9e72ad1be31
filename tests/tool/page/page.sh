# SPDX-License-Identifier: MIT
# fpt-dump --svg and --html: what public validators say of them, both images of --diff, names that look like markup.
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 2
forge --all . || exit 2
for f in *.bin; do mv "$f" "${f%.bin}"; done
# HTML 5 has elements that tidy does not know; what is left are errors.
is_svg() { xmllint --noout "$1"; }
is_html() { [ "$(tidy -q -e "$1" 2>&1 | grep -vc '^$')" -eq 0 ]; }
validated=yes
command -v xmllint >/dev/null || { validated='' && echo "SKIPPED: xmllint is not installed"; is_svg() { says "$1" '^</svg>$'; }; }
command -v tidy >/dev/null || { validated='' && echo "SKIPPED: tidy is not installed"; is_html() { says "$1" '^</body></html>$'; }; }
if [ -n "$validated" ]; then
    echo '<svg><g></svg>' >bad.svg
    echo '<!DOCTYPE html><html><head><title>x</title></head><body><p><table></body></html>' >bad.html
    ok "xmllint can say no" [ "$(xmllint --noout bad.svg 2>&1 | wc -l)" -gt 0 ]
    ok "tidy can say no" [ "$(tidy -q -e bad.html 2>&1 | wc -l)" -gt 0 ]
fi

for image in good-*; do
    # An erased region alone is nothing to show.
    fpt-dump -q "$image" >plain 2>&1 || continue
    has_exit 0 "--svg of $image" fpt-dump --svg "$image"
    ok "SVG of $image" is_svg out
    has_exit 0 "--html of $image" fpt-dump --html "$image"
    ok "HTML of $image" is_html out
done

me-strip -q good-full-me8 >stripped
has_exit 1 "--svg --diff of another" fpt-dump --svg --diff stripped good-full-me8
ok "one picture" is_svg out
ok "before" says out '>before: good-full-me8<'
ok "and after" says out '>after: stripped<'
has_exit 0 "--svg --diff of the same" fpt-dump --svg --diff good-full-me8 good-full-me8
has_exit 1 "--html --diff of another" fpt-dump --html --diff stripped good-full-me8
ok "one page" is_html out
ok "with differences" says out '<td>module FTPR/RSA</td>'
has_exit 1 "with --json=FILE, too" fpt-dump --svg --json=differences.json --diff stripped good-full-me8
ok "a picture" says out '</svg>'
ok "and the differences" says differences.json '"place": "module FTPR/RSA"'
has_exit 2 "one of both" fpt-dump --svg --html good-full-me8
has_exit 3 "no image" fpt-dump --html bad-text
ok "no page either" is_empty out

# A module that is named like markup, and a file.
name='<script>&#60;'
at=$(LC_ALL=C grep -abo SESSMGR good-full-me8 | head -n 1 | cut -d: -f1)
cp good-full-me8 "$name"
printf '%s' "$name" | dd of="$name" bs=1 seek="$at" conv=notrunc 2>/dev/null
for kind in svg html; do
    has_exit 0 "--$kind of a name like markup" fpt-dump --$kind "$name"
    ok "it is text in $kind" says out '&lt;script&gt;&amp;#60;'
    ok "$kind is whole" is_$kind out
done
ok "one script, the page's own" [ "$(grep -c '<script' out)" -eq 1 ]
has_exit 0 "--json of such a name" fpt-dump --json "$name"
ok "it is itself in JSON" grep -qF '"name": "<script>&#60;"' out

has_exit 0 "a name with a right-to-left mark" fpt-dump --html "$(cp good-me8 "$(printf 'x\342\200\256y')" && printf 'x\342\200\256y')"
ok "is masked" says out 'x\\xe2\\x80\\xaey'
finish
