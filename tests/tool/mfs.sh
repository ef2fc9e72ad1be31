# SPDX-License-Identifier: MIT
# The ME's file system: shown, compared, taken out, kept by a strip, and what deguard left is not moved away from.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
for recipe in good-me11-mfs good-me11-used good-me11-deguarded good-csme14-mfs bad-mfs-data-chunk bad-mfs-cut bad-fitc-data \
    good-me8; do
    forge $recipe $recipe
done

# shown
has_exit 0 "as made" fpt-dump -v good-me11-mfs
ok "its state" says out 'file system MFS at 0x1000: whole, as made; 3 pages, 30 chunks right, 0 wrong'
ok "a setting by its path" says out ' /home/bup/ct .* empty$'
ok "no finding" [ "$(grep -cE 'mfs-(damaged|in-use)|deguarded' out)" -eq 0 ]
has_exit 0 "in use" fpt-dump -v good-me11-used
ok "is told" says out 'mfs-in-use'
ok "its home directory" says out ' /bup/mbp  *6d 61'
has_exit 0 "numbers" fpt-dump -v good-csme14-mfs
ok "a setting by its number" says out ' 0x10040000 .* 20 bytes'
ok "FITC" says out 'configuration FITC at 0x27000, 61 bytes, CRCs right: 3 records'
has_exit 0 "damaged" fpt-dump bad-mfs-data-chunk
ok "with its place" says out 'warning: mfs-damaged: offset 0x3150: MFS is damaged (wrong checksum: sum of a chunk'
has_exit 0 "FITC damaged" fpt-dump bad-fitc-data
ok "is told" says out 'mfs-damaged: .*FITC: the CRC of its data'
has_exit 0 "as JSON" fpt-dump --json good-me11-used
for words in '"state": "whole"' '"in_use": true' '"right": 36' '"path": "/home/mca/eom"' '"path": "/bup/ct"'; do
    ok "JSON has $words" says out "$words"
done

# settings
has_exit 0 "what the OEM set" fpt-dump --settings good-me11-mfs
ok "against Intel's" says out '^MFS 7 against MFS 6:$'
ok "with both values" says out '^MFS 7 /home/mca/eom: value 70 -> f9$'
ok "what is equal is no difference" [ "$(grep -c '/ct' out)" -eq 0 ]
has_exit 0 "FITC's too" fpt-dump --settings --json good-csme14-mfs
ok "as JSON" says out '"place": "FITC 0x1003a200"'
has_exit 1 "there is none" fpt-dump --settings good-me8
has_exit 2 "two ways at once" fpt-dump --settings --layout good-me11-mfs
printf '{"00": {"01": {"FTBL": {"1003A200": "/home/a\\u001b[2J,1,0", "1000BB00": 7, "10040000": "/home/b"}}}}' >table
has_exit 0 "names from a file table" fpt-dump --settings --file-table table good-csme14-mfs
ok "a path, masked" says out '^FITC /home/a\\x1b\[2J: value'
ok "another" says out '^MFS 7 /home/b: value 20 bytes'
printf '{"00": []}' >odd
has_exit 0 "a table that has nothing" fpt-dump -v --file-table odd good-csme14-mfs
ok "leaves the numbers" says out ' 0x1003a200 '
has_exit 3 "no table" fpt-dump --file-table good-me8 good-csme14-mfs
ok "it says what to give" says err 'FileTable.dat'
has_exit 2 "one that is not there" fpt-dump --file-table nowhere good-csme14-mfs

# difference
has_exit 1 "a running ME has written" fpt-dump --diff good-me11-used good-me11-mfs
ok "is told" grep -qx 'file system MFS: use as made -> in use' out
ok "a file more" grep -qx 'file system MFS: file 8 none -> present' out
has_exit 1 "a setting" fpt-dump --diff good-me11-deguarded good-me11-mfs
ok "by its path" says out '^MFS 7 /home/bup/ct: value empty -> f9 3e'

# taken out
has_exit 0 "--mfs" me-extract --mfs files good-me11-used
ok "each file by its number" [ "$(ls files | tr '\n' ' ')" = '06.bin 07.bin 08.bin 10.bin 11.bin 12.bin ' ]
ok "one of them" [ "$(tr -d '\0' <files/12.bin)" = 'made up' ]
ok "an empty one" is_empty files/11.bin
has_exit 0 "a dry run" me-extract -n --mfs none good-me11-used
ok "writes nothing" [ ! -e none ]
has_exit 3 "damaged" me-extract --mfs none bad-mfs-data-chunk
ok "writes nothing" [ ! -e none ]
has_exit 1 "there is none" me-extract --mfs none good-me8
has_exit 2 "two folders" me-extract --mfs a --all b good-me11-mfs

# kept by edits
has_exit 0 "a strip that keeps it" me-strip -q -w MFS -o kept good-me11-used
has_exit 0 "and a move" me-relocate -q -o moved kept
has_exit 0 "the same files" me-extract -q --mfs moved.files moved
ok "all of them" diff -r files moved.files
has_exit 5 "a move away from deguard's place" me-relocate good-me11-deguarded
ok "is refused" says err deguarded
ok "nothing is written" is_empty out
has_exit 0 "unless it is accepted" me-relocate -q --accept=deguarded good-me11-deguarded
has_exit 0 "a strip goes on" me-strip -q -w MFS good-me11-deguarded
has_exit 0 "damage does not stop a strip" me-strip -w MFS bad-mfs-data-chunk
ok "it is said" says err mfs-damaged
finish
