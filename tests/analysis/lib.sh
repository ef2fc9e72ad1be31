# SPDX-License-Identifier: MIT
# Read by the scripts beside it. After it: in the project's folder; $root, functions needs and fails.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2
name=$(basename "$0" .sh)

# needs COMMAND...: without one of them nothing is looked at, and that is said
needs() {
    for command in "$@"; do
        command -v "$command" >/dev/null || {
            echo "SKIPPED: $name: no $command"
            exit 77
        }
    done
}

fails() {
    echo "FAILED: $name: $1"
    exit 1
}

# unpacked ARCHITECTURE FOLDER: the libraries of another architecture
unpacked() {
    sh tests/analysis/root.sh "$1" "$root/$2" || {
        echo "SKIPPED: $name: the $1 libraries can't be fetched"
        exit 77
    }
}

# built PRESET
built() {
    mkdir -p build
    { cmake --preset "$1" && cmake --build --preset "$1"; } >"build/$1.log" 2>&1 || {
        tail -n 40 "build/$1.log"
        fails "it does not build"
    }
}
