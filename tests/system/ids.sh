#!/bin/sh
# Every id of the contract is in measures.json of every scope it is defined for, whole or null with a
# reason: in the demo, which has every extract, and in Maven's data, which has few.
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" run "$SOURCE_DIR/config/demo/sefpack.yaml" --out "$work/demo" --format html -q 2>"$work/log" ||
    { cat "$work/log"; exit 1; }
runs=$(echo "$work"/demo/2*)
if [ -d "$SOURCE_DIR/../shared/data/maven_crm" ]; then
    "$program" run "$SOURCE_DIR/tests/real/maven/sefpack.yaml" --out "$work/maven" --format html -q
    runs="$runs $(echo "$work"/maven/2*)"
fi
python3 "$SOURCE_DIR/tests/system/ids.py" "$SOURCE_DIR/tests/system/ids.list" $runs
