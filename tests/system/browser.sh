#!/bin/sh
# The pages of the fixtures and of the demo: html-validate, the Nu checker, axe in a real browser at
# three widths, light and dark; no request, no script, no page wider than its window. Names that are
# markup stay text. What a browser prints begins with the summary and the map. A page with defects,
# and one that does not escape, show that the checks see.
# Pictures stay in $BUILD_DIR/browser/shots.
set -eu
program=$1
here=${SOURCE_DIR:-.}/tests/system/browser
work=${BUILD_DIR:-build}/browser
chromium=${CHROMIUM:-/usr/lib/chromium/chromium}
for tool in node npm java python3 pdftotext "$chromium"; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

mkdir -p "$work/shots" "$work/pages"
cp "$here"/package.json "$here"/package-lock.json "$here"/*.mjs "$here"/defects.html "$work/"
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
for kind in index company-pack teams sellers; do
    [ -s "pages/demo-$kind.html" ] || { echo "demo-$kind.html is not there"; exit 1; }
done
export CHROMIUM=$chromium

# The checks find what they are there for.
if node check.mjs - defects.html >defects.log 2>&1; then
    echo "a page with defects passes"
    exit 1
fi
for found in 'html-validate' 'vnu' 'color-contrast' 'image-alt' 'wider than the window' 'under 12 px' 'asks for' \
    'active elements' 'labels of charts meet' 'heading-order' 'axe (dark'; do
    grep -q "$found" defects.log || { echo "not found in the page with defects: $found"; cat defects.log; exit 1; }
done

node check.mjs shots pages/*.html

# On paper the summary is page 1, and the map with all its parts page 2.
for page in demo-teams demo-company-pack; do
    "$chromium" --headless --no-sandbox --no-pdf-header-footer --print-to-pdf=printed.pdf "file://$PWD/pages/$page.html" >print.log 2>&1
    pdftotext -l 1 printed.pdf one.txt
    pdftotext -f 2 -l 2 printed.pdf two.txt
    if ! grep -q 'stand in the appendix' one.txt || grep -q 'The system' one.txt || ! grep -q 'The system' two.txt ||
        ! grep -q 'What if the win rate' two.txt; then
        echo "$page: the summary and the map are not the first two printed pages"
        exit 1
    fi
done

# Names that would act in a page stay text.
rm -rf companies
python3 "$SOURCE_DIR/tests/generate/hostile_companies.py" companies 0.1
"$program" run companies/payloads/sefpack.yaml >run.log 2>&1 || {
    cat run.log
    exit 1
}
out=companies/payloads/out/latest
# shellcheck disable=SC2046
node canary.mjs "$here/payloads.txt" pages/payloads.html $out/index.html $out/company/pack.html $(find $out/teams/ $out/sellers/ -name pack.html | sort | head -n 4)
