#!/bin/sh
# What was written for a team or a seller holds no byte of another's rows, however it is wrapped.
set -eu
program=$1
for tool in python3 pdftotext qpdf; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$SOURCE_DIR/tests/system/tokens.py" make "$work"
"$program" run "$work/sefpack.yaml" -v >"$work/said" 2>&1 || { cat "$work/said"; exit 1; }
python3 "$SOURCE_DIR/tests/system/tokens.py" look "$work"
# The look finds what lies where it should not.
for folder in "$work"/out/latest/teams/*; do last=$folder; done
for folder in "$work"/out/latest/teams/*; do cp "$last/pack.pdf" "$folder/pack.pdf"; break; done
if python3 "$SOURCE_DIR/tests/system/tokens.py" look "$work" >/dev/null; then
    echo "a pack in another team's folder is not seen"
    exit 1
fi
