#!/bin/sh
# The PDFs of the fixtures and of the demo: well-formed for qpdf and mutool, PDF/UA-1 and PDF/A-2a for
# veraPDF, every font embedded, the text in order, the same bytes when made again.
set -eu
program=$1
here=${SOURCE_DIR:-.}/tests/system/pdf
work=${BUILD_DIR:-build}/pdf
for tool in qpdf mutool pdftotext pdffonts pdfinfo java javac npm; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
fail() {
    echo "$*"
    exit 1
}

mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$work/"
cd "$work"
rm -rf files again demo demo-again
mkdir files again
"$BUILD_DIR"/fixture_packs files >fixtures.log || fail "$(cat fixtures.log)"
"$BUILD_DIR"/fixture_packs again >/dev/null
for out in demo demo-again; do
    "$program" run "$SOURCE_DIR/config/demo/sefpack.yaml" --out "$work/$out" >run.log 2>&1 || fail "$(cat run.log)"
done
cp demo/latest/company/pack.pdf files/demo-company.pdf
cp demo-again/latest/company/pack.pdf again/demo-company.pdf
for kind in teams sellers; do
    first=$(find demo/latest/"$kind"/ -name pack.pdf | sort | head -n 1)
    cp "$first" "files/demo-$kind.pdf"
    cp "demo-again${first#demo}" "again/demo-$kind.pdf"
done

for file in files/*.pdf; do
    cmp -s "$file" "again/${file#files/}" || fail "$file: other bytes when made again"
    qpdf --check "$file" >qpdf.log 2>&1 || fail "$file: $(cat qpdf.log)"
    mutool draw -q -o /dev/null -F pnm -r 20 "$file" >mutool.log 2>&1 || fail "$file: $(cat mutool.log)"
    if grep -v 'ICC support is not available' mutool.log >mutool.err; then # Debian builds it without
        fail "$file: mutool: $(cat mutool.err)"
    fi
    pdftotext -layout "$file" text.txt 2>poppler.log
    [ ! -s poppler.log ] || fail "$file: pdftotext: $(cat poppler.log)"
    pdfinfo "$file" | grep -q '^Tagged: *yes' || fail "$file: not tagged"
    pdffonts "$file" | awk 'NR > 2 && ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes")' >fonts.log
    [ ! -s fonts.log ] || fail "$file: not embedded, no subset or no text: $(cat fonts.log)"
done

# Numbers can be linked to by the measure's id: "pack.pdf#forecast.expected".
pdfinfo -dests files/demo-sellers.pdf >dests.txt
for id in forecast.expected forecast.p_hit system.binding deals.win_rate.own territory.whitespace; do
    grep -q " \"$id\"\$" dests.txt || fail "demo-sellers.pdf: no destination is called $id"
done

# What stands on the first page, in the order in which it is read.
pdftotext files/team.pdf - | tr '\n' ' ' >text.txt
grep -q 'Team North, October 2026 .*11 of 11 identities tie .*Summary .*Prospecting binds: .*worth EUR 48k by 31 October.*Expected by 31 October .*516.*One ask .*Summary *1 .*Open deals *4 .*Territory and prospecting *2 .*Page 1 of' text.txt ||
    fail "team.pdf: the text is out of order: $(head -c 1500 text.txt)"
# Without the marks of direction, which the reader adds.
pdftotext files/scripts.pdf - | LC_ALL=C sed 's/\xE2\x80[\x8F\xAA-\xAE]//g' | tr '\n' ' ' >text.txt
for name in 'سلام الإسلام' 'Αλέξανδρος Παπαδόπουλος' 'Дмитрий Щедрин' 'Zażółć gęślą jaźń' '王小明 株式会社' 'שלום עולם (בע״מ)' '[שרה] כהן' 'شركة النور للتجارة' 'नमस्ते भारत' 'ǖ ȫ ǭ Ǖ' '🚀🔥 GmbH'; do
    grep -qF "$name" text.txt || fail "scripts.pdf: '$name' cannot be read back"
done

cmp -s package-lock.json installed-lock.json || {
    npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || {
        cat npm.log
        echo "skipped: veraPDF cannot be installed here"
        exit 77
    }
    cp package-lock.json installed-lock.json
}
classes=node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar
for jar in jaxb-runtime jaxb-core jaxb-api txw2 istack-commons-runtime javax.activation FastInfoset; do
    classes=$classes:/usr/share/java/$jar.jar
done
[ Conformance.class -nt "$here/Conformance.java" ] || javac -cp "$classes" -d . "$here/Conformance.java"
java -cp ".:$classes" Conformance files/*.pdf >vera.log 2>vera.err || fail "$(cat vera.log vera.err)"
tail -n 1 vera.log
