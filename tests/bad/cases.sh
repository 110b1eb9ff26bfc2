#!/bin/sh
# Every case of cases/: the command of `args` is run in a copy of the case's folder; what it says on
# stderr and its exit code must be those of `stderr` and `code`, to the letter.
# With UPDATE=1 the files are written anew, for reading in the diff.
set -eu
program=$1
here=$SOURCE_DIR/tests/bad/cases
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0
for case in "$here"/*/; do
    name=$(basename "$case")
    rm -rf "$work/case"
    cp -r "$case" "$work/case"
    code=0
    (cd "$work/case" && eval "set -- $(cat args)" && "$program" "$@" >stdout 2>said) || code=$?
    sed -i "s#$work/case/##g; s#$SOURCE_DIR/##g" "$work/case/said"
    if [ "${UPDATE:-}" = 1 ]; then
        cp "$work/case/said" "$case/stderr"
        echo "$code" >"$case/code"
    fi
    count=$((count + 1))
    if [ "$code" != "$(cat "$case/code")" ] || ! cmp -s "$work/case/said" "$case/stderr"; then
        echo "$name: exit $code, expected $(cat "$case/code")"
        diff "$case/stderr" "$work/case/said" || true
        failed=1
    fi
    [ ! -e "$work/case/out/latest" ] || [ -e "$case/publishes" ] || { echo "$name: something was published"; failed=1; }
done
echo "bad: $count cases"
exit $failed
