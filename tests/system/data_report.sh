#!/bin/sh
# What `check` says of extracts with all kinds of faults, to the letter. With UPDATE=1 the expected
# text is written anew, for reading in the diff.
set -eu
program=$1
here=$SOURCE_DIR/tests/system/data_report
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"
"$program" check sefpack.yaml >"$work/report" 2>/dev/null
"$program" check --verbose sefpack.yaml >"$work/verbose" 2>/dev/null
[ "${UPDATE:-}" != 1 ] || cp "$work/report" "$work/verbose" .
diff report "$work/report"
diff verbose "$work/verbose"
