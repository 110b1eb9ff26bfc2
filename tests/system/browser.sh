#!/bin/sh
# The pages of the fixtures and of the demo: html-validate, the Nu checker, axe in a real browser at
# three widths, light and dark; no request, no script, no page wider than its window.
# Pictures stay in $BUILD_DIR/browser/shots.
set -eu
program=$1
here=${SOURCE_DIR:-.}/tests/system/browser
work=${BUILD_DIR:-build}/browser
chromium=${CHROMIUM:-/usr/lib/chromium/chromium}
for tool in node npm java "$chromium"; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

mkdir -p "$work/shots" "$work/pages"
cp "$here"/package.json "$here"/package-lock.json "$here"/check.mjs "$work/"
cd "$work"
cmp -s package-lock.json installed-lock.json || {
    npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || {
        cat npm.log
        echo "skipped: the npm packages cannot be installed here"
        exit 77
    }
    cp package-lock.json installed-lock.json
}
rm -rf pages/* demo
"$BUILD_DIR"/fixture_packs pages >/dev/null
"$program" run "$SOURCE_DIR/config/demo/sefpack.yaml" --out "$work/demo" >run.log 2>&1 || {
    cat run.log
    exit 1
}
for kind in index company/pack; do
    cp "demo/latest/$kind.html" "pages/demo-$(echo $kind | tr / -).html"
done
for kind in teams sellers; do
    first=$(find demo/latest/"$kind"/ -name pack.html | sort | head -n 1)
    cp "$first" "pages/demo-$kind.html"
done
CHROMIUM=$chromium exec node check.mjs shots pages/*.html
