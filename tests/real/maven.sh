#!/bin/sh
# The facts of Maven Analytics' CRM extract come out, and every pack with them.
set -eu
program=$1
data=$SOURCE_DIR/../shared/data/maven_crm
[ -d "$data" ] || { echo "skipped: $data is absent"; exit 77; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$program" run "$SOURCE_DIR/tests/real/maven/sefpack.yaml" --out "$out" -q
python3 "$SOURCE_DIR/tests/real/maven/check.py" "$data" "$out/2017-12-31"
"$program" run "$SOURCE_DIR/tests/real/maven/sefpack.yaml" --as-of 2017-11-15 --out "$out" -q
test -s "$out/2017-11-15/company/pack.pdf"
test "$(readlink "$out/latest")" = 2017-12-31
