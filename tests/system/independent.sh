#!/bin/sh
# What the program computes of strange companies is what tests/independent computes of them from the
# contract's text, measure by measure.
set -eu
program=$1
tools=$SOURCE_DIR/tests/independent
python3 -c 'import yaml' 2>/dev/null || { echo "skipped: python3-yaml is absent"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for seed in ${SEEDS:-3 57 84 131 177}; do
    python3 "$tools/random_company.py" "$seed" "$work/$seed"
    "$program" run "$work/$seed/sefpack.yaml" --out "$work/$seed/out" -q 2>"$work/$seed/log" || {
        cat "$work/$seed/log"
        exit 1
    }
    python3 "$tools/reference.py" "$work/$seed/sefpack.yaml" "$work/$seed/reference"
    python3 "$tools/compare.py" "$work/$seed"/out/2* "$work/$seed/reference" || {
        echo "company $seed differs"
        exit 1
    }
done
