#!/bin/sh
# Every message id of the source is provoked: by a case of tests/bad, to the letter, or by another
# test that names it. Those that need a broken machine are listed here with what it would take.
set -eu
cd "$SOURCE_DIR"
not_provoked="
fonts.fallback: a machine without the fonts of other scripts
fonts.missing: a machine without the text font
extract.read: a disk that fails while an extract is read
record.changed: an extract written to while it is read
measures.def: a fault of the program itself
pack.failed: a library that refuses a pack
postgres.encoding: a server whose client encoding cannot be set
publish.busy: a folder held for a minute
publish.latest: a disk that fails between two renames
publish.link: a disk that fails at the first rename
publish.lock: a folder that can be written and not locked
publish.write: a full disk, see tests/system/crash.py
record.too_many_rows: more than two thousand million rows
send.waiting: a second sender at the same time
words.missing: a fault of the program's own words
"
groups=$(sed -n 's/^\.SS //p' src/man/sefpack.1 | tr '\n' '|')
ids=$(grep -rhoE "\"(${groups}mail|send|theme)\.[a-z_]+\"" src --include='*.c' | tr -d '"' |
    grep -vE '\.(h|def|html|css|json|yaml|csv|sqlite|eml|pdf)$' |
    grep -vxE 'mail\.(from|to|allow|smtp|recipients)|out\.(dir|keep)' | sort -u)
[ "$(printf '%s\n' "$ids" | wc -l)" -gt 100 ] || { echo "only few message ids were found"; exit 1; }
failed=0
for id in $ids; do
    provoked=no
    if grep -qF "[$id]" tests/bad/cases/*/stderr ||
        grep -rqE "$(printf '%s' "$id" | sed 's/\./[\\\\]*[.]/')([^a-z_]|$)" tests/unit tests/system \
            --include='*_test.c' --include='*.py' --include='*.sh' --exclude=messages.sh; then
        provoked=yes
    fi
    listed=no
    ! printf '%s\n' "$not_provoked" | grep -q "^$id: " || listed=yes
    [ "$provoked" = yes ] || [ $listed = yes ] || { echo "$id: no test provokes it"; failed=1; }
    [ "$provoked" = no ] || [ $listed = no ] || { echo "$id: provoked, but listed as not"; failed=1; }
done
exit $failed
