#!/bin/sh
# Published cases of CSV: csv-spectrum, those of papaparse that apply, and csv-parse as a second
# reader of this project's own extracts.
set -eu
here=$SOURCE_DIR/tests/system/corpora
work=$BUILD_DIR/corpora
for tool in node npm; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
mkdir -p "$work"
cp "$here"/package.json "$here"/package-lock.json "$here"/replay.mjs "$work/"
cd "$work"
cmp -s package-lock.json installed-lock.json || {
    npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || {
        cat npm.log
        echo "skipped: the npm packages cannot be installed here"
        exit 77
    }
    cp package-lock.json installed-lock.json
}
find "$SOURCE_DIR/config/demo/extracts" "$SOURCE_DIR/tests/real/presets" -name '*.csv' \
    ! -path '*/salesforce_report/*' | sort | tr '\n' '\0' | xargs -0 node replay.mjs "$BUILD_DIR/tests/rows"
