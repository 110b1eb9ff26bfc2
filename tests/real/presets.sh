#!/bin/sh
# One company's story as six CRMs export it, each read with its preset as it is: the facts must come
# out. With UPDATE=1 they are written anew, for reading in the diff.
set -eu
program=$1
here=$SOURCE_DIR/tests/real/presets
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for case in "$here"/*/; do
    name=$(basename "$case")
    "$program" run "$case/sefpack.yaml" --out "$work/$name" -q >/dev/null 2>"$work/said" || { cat "$work/said"; exit 1; }
    python3 "$here/facts.py" "$work/$name/latest" >"$work/facts"
    [ "${UPDATE:-}" != 1 ] || cp "$work/facts" "$case/facts"
    diff "$case/facts" "$work/facts" || { echo "presets: $name differs"; exit 1; }
done
# what does not hang on what a CRM exports is the same for all
cat "$here"/*/facts | grep -c '^deals.won 2 13520000$' | grep -qx "$(ls -d "$here"/*/ | wc -l)"
cat "$here"/*/facts | grep -c '^deals.lost 1 3000000$' | grep -qx "$(ls -d "$here"/*/ | wc -l)"
echo "presets: $(ls -d "$here"/*/ | wc -l) exports"
