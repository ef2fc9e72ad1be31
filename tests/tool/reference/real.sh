# SPDX-License-Identifier: MIT
# What the forge can't show: real images, where the reference material is there. Differences from the known
# tools are as the tables of DIFFERENCES.md say.
. "$(dirname "$0")/../lib.sh"
images=$MEKIT_SHARED/images
[ -d "$images" ] || skip "real: no reference images (../shared/images)"
cd "$work" || exit 2
part() { dd if="$1" bs=4096 skip="$2" count="$3" status=none | sha256sum; }

# M1: DLMP lies across MFS's head in ME 11.8; MFS [0xA8000, ...) survives whole
has_exit 0 "M1: -w MFS" me-strip -q -w MFS "$images/me-11.8-x210.bin"
ok "M1: MFS survives" [ "$(part out 168 100)" = "$(part "$images/me-11.8-x210.bin" 168 100)" ]
# M3: an image that was shrunk before stays as it is; a clipped partition is wiped
has_exit 0 "M3: already cleaned" me-strip -q "$images/me-8.1-x230-already-cleaned.bin"
ok "M3: unchanged" is_same out "$images/me-8.1-x230-already-cleaned.bin"
has_exit 0 "M3: clipped MDMV" me-strip -q "$images/me-9.1.bin"
ok "M3: wiped" sh -c "me-extract -q -p MDMV '$images/me-9.1.bin' >mdmv && [ -s mdmv ] &&
    [ \$(fpt-dump --json out | grep -c '\"name\": \"MDMV') -eq 0 ]"
# M33: CSME 12 and later is never stripped
for i in csme-12.0-sarien csme-14.0-darp6 txe-3-reef-ifwi; do
    has_exit 4 "M33: $i" me-strip "$images/$i.bin"
    ok "M33: nothing is written" is_empty out
done
# -k on an image that was stripped before: -t still cuts to the kept modules
cleaned=$images/me-11.6-librem-already-cleaned.bin
has_exit 0 "-k after a strip" sh -c "me-strip -q -k '$cleaned' | me-extract -q -t >kept && me-extract -q -t '$cleaned' >plain"
ok "-k after a strip: cut all the same" [ "$(wc -c <kept)" -le "$(wc -c <plain)" ]
ok "-k after a strip: shorter than FTPR" [ "$(wc -c <kept)" -lt $((0xA8000)) ]
# M7, I2, I4
has_exit 4 "M7: a bare region of generation 1" me-strip "$images/me-4.0-code.bin"
has_exit 0 "I4: HAP of TGP-H is not strap 0" me-strip -q -s "$images/ifd-erying-tgl-h.bin"
ok "I4: one byte changes, at 0x196" [ "$(cmp -l out "$images/ifd-erying-tgl-h.bin" | awk '{print $1}')" = 407 ]
has_exit 5 "a platform whose strap is disputed" me-strip -s "$images/ifd-reef.bin"
# every descriptor is told by itself
while read -r name platform; do
    has_exit 0 "$name" fpt-dump "$images/ifd-$name.bin"
    ok "$name is $platform" says out "platform $platform:"
done <<LIST
ich9 ich9
ich9-gbe ich9
ibexpeak-x201 ibexpeak
x220 cougarpoint
x230 cougarpoint
x230-shrunk cougarpoint
link cougarpoint
stumpy-lumpy cougarpoint
optiplex9010 cougarpoint
t440p lynxpoint
hsw-book lynxpoint
samus lynxpoint
byt-book baytrail
minnowmax baytrail
cyan-bsw braswell
caroline sklkbl
eve sklkbl
librem-kbl sklkbl
x210 sklkbl
t480 sklkbl
m900-damaged sklkbl
tiogapass lbg
reef apl
octopus glk
librem-14 cnl
sarien cnl
darp6 cnl
puff-ambassador cnl
vault-cml cnl
emmitsburg ebg
nv4x-tgl tgl
erying-tgl-h tgl
nv4x-adl adl
ms7d25 adl
anraggar adl
dedede jsl
ehl ehl
rex-mtl mtl
v5x0tu-mtl mtl
LIST
finish
