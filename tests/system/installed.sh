#!/bin/sh
# Installed elsewhere, and as a Debian package: the program finds its own data there and runs; the
# manual pages format without a warning; bash completes verbs and options.
set -eu
command -v dpkg-shlibdeps >/dev/null || { echo "dpkg-dev is not installed: skipped"; exit 77; }
command -v groff >/dev/null || { echo "groff is not installed: skipped"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "installed: $*" >&2
    exit 1
}

# The program below this root, with data that the source tree has not.
try() {
    root=$1
    program=$root/bin/sefpack
    echo '# from the installed tree' >>"$root/share/sefpack/demo/sefpack.yaml"
    [ "$("$program" init "$work/new")" = "sefpack run $work/new/sefpack.yaml" ] || fail "init"
    grep -q '^# from the installed tree' "$work/new/sefpack.yaml" || fail "init does not use its own data"
    "$program" run "$work/new/sefpack.yaml" -q --only rhine >/dev/null
    ls "$work"/new/out/latest/teams/rhine-*/pack.pdf >/dev/null
    mv "$root/share/sefpack/presets" "$root/share/sefpack/away"
    sed -i 's/^  deals:.*/  deals: {file: extracts\/deals.csv, preset: salesforce}/' "$work/new/sefpack.yaml"
    ! "$program" check "$work/new/sefpack.yaml" >/dev/null 2>&1 || fail "presets of another place are used"
    rm -rf "$work/new"
}

DESTDIR=$work/installed cmake --install "$BUILD_DIR" >/dev/null
try "$(dirname "$(dirname "$(find "$work/installed" -path '*/bin/sefpack')")")"

(cd "$BUILD_DIR" && cpack -G DEB -B "$work/deb" >/dev/null 2>&1) || fail "no package"
dpkg-deb -f "$work"/deb/*.deb Depends | grep -q 'libhpdf.*libicu' || fail "the package asks for no libraries"
dpkg -x "$work"/deb/*.deb "$work/unpacked"
try "$work/unpacked/usr"

for page in sefpack.1 sefpack-config.5; do
    warnings=$(groff -man -ww -Tutf8 -z "$SOURCE_DIR/src/man/$page" 2>&1)
    [ -z "$warnings" ] || fail "$page: $warnings"
done

offered() {
    bash -c '. "$SOURCE_DIR/src/man/completion/sefpack"
        COMP_WORDS=(sefpack "$1"); COMP_CWORD=1; _sefpack; printf "%s\n" "${COMPREPLY[@]}"' _ "$1"
}
cd "$work"
[ "$(offered expl)" = explain ] || fail "a verb is not completed: '$(offered expl)'"
[ "$(offered --keep)" = --keep-going ] || fail "an option is not completed: '$(offered --keep)'"
verbs=$("$BUILD_DIR/sefpack" --help | sed -n 's/^  sefpack \([a-z]*\) .*/\1/p' | sort)
for verb in $verbs; do
    offered '' | grep -qx "$verb" || fail "the verb $verb is not completed"
    for file in _sefpack sefpack.fish; do
        grep -q "$verb" "$SOURCE_DIR/src/man/completion/$file" || fail "$file: no verb $verb"
    done
done
