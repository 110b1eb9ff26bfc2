#!/bin/sh
# The id of a run covers all that has an effect on the bytes of its packs: extracts and what is looked
# up for them, config and its presets, what the command line sets, and templates, words, style and
# logo, built in or the user's own. Where it is written has none.
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$SOURCE_DIR/config/demo" "$work/demo"
mkdir -p "$work/own/words" "$work/own/packs"
cp "$SOURCE_DIR"/templates/pack.css "$SOURCE_DIR"/templates/*.html "$work/own/"
cp "$SOURCE_DIR/templates/packs/team.yaml" "$work/own/packs/"
echo 'why: {no_data: "nothing there"}' >"$work/own/words/en.yaml"
echo 'why: {no_data: "nichts da"}' >"$work/own/words/de.yaml"
cp "$SOURCE_DIR/tests/unit/write/logo.png" "$work/logo.png"
sed -i -e "s|^out:.*|out: {history: off}|" "$work/demo/sefpack.yaml"

# Prints the id of a run with these options; the packs are of one scope, for speed.
id() {
    rm -rf "$work/out"
    "$program" run "$work/demo/sefpack.yaml" --out "$work/out" --only 'Alpine' --format html -q "$@" \
        >"$work/said" 2>&1 || { cat "$work/said"; exit 1; }
    id=$(readlink -f "$work/out/latest")
    grep -q "${id##*-}" "$id/index.html" || { echo "index.html lacks the id"; exit 1; }
    echo "${id##*-}"
}
own() { id --set theme.templates="$work/own" --set theme.logo="$work/logo.png" "$@"; }
is() { [ "$2" = "$3" ] || { echo "$1: $2, not $3"; exit 1; }; }
differs() {
    case " $known " in *" $2 "*) echo "$1: the id is that of another run"; exit 1 ;; esac
    known="$known $2"
}

plain=$(id)
known=$plain
is "a second run" "$(id)" "$plain"
is "another folder" "$(id --out "$work/out")" "$plain"
differs "another locale" "$(id --set locale=de-DE)"
first=$(own)
differs "templates of one's own" "$first"
is "a second run with them" "$(own)" "$first"
touch -d 2031-01-01 "$work/own/pack.css"
is "templates of another day" "$(own)" "$first"
for file in pack.css pack.html index.html mail.html packs/team.yaml words/en.yaml; do
    case $file in *.html) mark='<!-- -->' ;; *.css) mark='/* */' ;; *) mark='# ' ;; esac
    echo "$mark" >>"$work/own/$file"
    differs "a change of $file" "$(own)"
done
echo '# ' >>"$work/own/words/de.yaml"
differs "a change of the words of a locale" "$(own --set locale=de-DE)"
printf 'x' >>"$work/logo.png"
differs "a change of the logo" "$(own)"

# a seller's team by a file of its own, teams by a preset of the user's own
printf 'id,team\nS01,T04\n' >"$work/demo/who.csv"
printf 'preset: own\nteams: [{variant: all, map: {id: id, name: name}}]\n' >"$work/demo/own.yaml"
sed -i -e 's|^  sellers: *{file: extracts/sellers.csv}|  sellers: {file: extracts/sellers.csv, map: {role: {column: id, lookup: {file: who.csv, key: id, take: team}}}}|' \
    -e 's|^  teams: *{file: extracts/teams.csv}|  teams: {file: extracts/teams.csv, preset: ./own.yaml}|' \
    "$work/demo/sefpack.yaml"
differs "a file to look into and a preset" "$(id)"
for file in who.csv own.yaml; do
    grep -q "\"$(sha256sum "$work/demo/$file" | cut -d' ' -f1)\"" "$work/out/latest/manifest.json" ||
        { echo "the manifest does not name $file"; exit 1; }
done
echo 'S02,T04' >>"$work/demo/who.csv"
differs "a change of what is looked up" "$(id)"
echo '# ' >>"$work/demo/own.yaml"
differs "a change of a preset" "$(id)"
