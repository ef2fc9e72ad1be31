#!/bin/sh
# SPDX-License-Identifier: MIT
# root.sh ARCHITECTURE FOLDER: unpacks the libraries of another architecture of this Debian into FOLDER. Nothing is
# installed on the machine: its own packages may be newer than what the other architecture has, and apt then
# refuses to hold both.
set -eu
architecture=$1 root=$2
packages=libc6-dev,libgcc-s1,libssl-dev,liblzma-dev,zlib1g-dev,libjansson-dev,libseccomp-dev
# Debian builds Criterion for a few architectures only.
[ "$architecture" != i386 ] || packages=$packages,libcriterion-dev
[ ! -e "$root/complete" ] || exit 0
rm -rf "$root"
mkdir -p "$(dirname "$root")"
mmdebstrap --quiet --variant=extract --architectures="$architecture" --include="$packages" \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" "${MEKIT_MIRROR:-http://deb.debian.org/debian}"
# The linker reads a link that begins with / as the machine's own file.
find "$root" -type l -lname '/*' | while read -r link; do
    ln -sfn "$root$(readlink "$link")" "$link"
done
: >"$root/complete"
