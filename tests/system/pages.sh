#!/bin/sh
# The pages of the demo and of companies that strain them, laid out: no text on another, none cut,
# none off its page or chart; and the companies are written whole, without a message.
set -eu
program=$1
work=${BUILD_DIR:-build}/pages
command -v python3 >/dev/null || { echo "skipped: python3 is not installed"; exit 77; }

rm -rf "$work"
mkdir -p "$work"
python3 "$SOURCE_DIR/tests/generate/hostile_companies.py" "$work"
"$BUILD_DIR"/pack_pages "$SOURCE_DIR/config/demo/sefpack.yaml" "$work"/*/sefpack.yaml >"$work/pages.log" || {
    cat "$work/pages.log"
    exit 1
}
tail -n 1 "$work/pages.log"
"$BUILD_DIR"/pack_pages --sheets "$SOURCE_DIR/config/demo/sefpack.yaml" >"$work/sheets.log" || {
    cat "$work/sheets.log"
    exit 1
}
tail -n 1 "$work/sheets.log"
