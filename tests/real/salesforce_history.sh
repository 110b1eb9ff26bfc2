#!/bin/sh
# The facts of this extract come out of a run.
set -eu
name=salesforce_history
data=$SOURCE_DIR/../shared/data/$name
[ -d "$data" ] || { echo "skipped: $data is absent"; exit 77; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$1" run "$SOURCE_DIR/tests/real/$name/sefpack.yaml" --out "$out" -q
python3 "$SOURCE_DIR/tests/real/$name/check.py" "$data" "$out/latest"
