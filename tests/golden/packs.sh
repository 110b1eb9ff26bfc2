#!/bin/sh
# What the packs of a small fixed company say, in English and in German: every block, title, number
# and text alternative as a line, held against the files of packs/en and packs/de, so that a change
# of words, numbers or structure is read in a diff.
# With UPDATE=1 the files are written anew, for reading in the diff.
set -eu
program=$1
here=$SOURCE_DIR/tests/golden/packs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
for locale in en-GB de-DE; do
    language=${locale%-*}
    "$program" run "$here/sefpack.yaml" --set "locale=$locale" --out "$work/$language" -q >"$work/said" 2>&1 ||
        { cat "$work/said"; exit 1; }
    for scope in company teams/north sellers/anna-berg sellers/cleo-marchetti; do
        said=$(echo "$work/$language"/latest/$scope*/pack.txt)
        kept=$here/$language/$(basename "$scope").txt
        if [ "${UPDATE:-}" = 1 ]; then
            mkdir -p "$here/$language"
            cp "$said" "$kept"
        elif ! cmp -s "$kept" "$said"; then
            echo "$language, $scope: says something else than before"
            diff -u "$kept" "$said" | sed -n '3,40p'
            failed=1
        fi
    done
done
[ $failed = 0 ] || echo "If that is what it should say: UPDATE=1 SOURCE_DIR=\$PWD sh tests/golden/packs.sh \$PWD/build/sefpack"
exit $failed
