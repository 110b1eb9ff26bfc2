#!/bin/sh
# What the map says of the part that binds is what the numbers of the same pack say.
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$program" run "$SOURCE_DIR/config/demo/sefpack.yaml" --out "$work/out" --format html \
    >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }

python3 - "$work/out/latest" <<'PYTHON'
import glob, json, os, sys

said = silent = 0
for path in glob.glob(sys.argv[1] + "/**/measures.json", recursive=True):
    pack = os.path.join(os.path.dirname(path), "pack.html")
    if not os.path.exists(pack):
        continue
    measures = json.load(open(path))["measures"]
    binding = measures["system.binding"].get("value")
    of_need = {row["key"]: row.get("ratio") for row in measures["system.whole_job"].get("rows", [])}
    met = (of_need.get(binding) or 0) >= 1
    claims = "The part that binds has what a steady period needs" in open(pack, encoding="utf-8").read()
    assert claims == met, f"{pack}: {binding} is {of_need.get(binding)} of its need; said to be met: {claims}"
    said, silent = said + met, silent + (not met)
assert said and silent, (said, silent)
PYTHON
