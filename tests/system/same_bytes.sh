#!/bin/sh
# The same inputs give the same bytes: in another time zone, locale, folder and hour, with another
# umask and number of workers, and with the rows of the extracts in another order.
set -eu
program=$1
command -v python3 >/dev/null || { echo "skipped: python3 is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$SOURCE_DIR/config/demo" "$work/demo"
config=$work/demo/sefpack.yaml

# Name of a run, what stands before it on the command line, and its options.
run() {
    name=$1 jobs=$2 where=$3
    shift 3
    (cd "$where" && env "$@" "$program" run "$config" --out "$work/out" --jobs "$jobs" >"$work/said" 2>&1) || {
        cat "$work/said"
        exit 1
    }
    (cd "$work/out/latest" && find . -type f | LC_ALL=C sort | xargs sha256sum) >"$work/$name.sums"
    readlink "$work/out/latest" >>"$work/$name.sums"
    rm -rf "$work/out"
}
same() {
    cmp -s "$work/first.sums" "$work/$1.sums" || {
        echo "other bytes: $1"
        diff "$work/first.sums" "$work/$1.sums" | head -n 10
        exit 1
    }
}

run first 1 / TZ=UTC LC_ALL=C
run zone 2 "$work" TZ=Pacific/Kiritimati LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8
same zone
(umask 0 && run mask 1 /tmp TZ=America/St_Johns LC_ALL=C.UTF-8 HOME=/nonexistent USER=somebody)
same mask
touch -d '2031-01-01' "$work"/demo/extracts/*
run later 2 / SOURCE_DATE_EPOCH=1900000000
same later

# Rows in another order: the run has another name, since its inputs have other bytes, and the places
# of odd rows differ; nothing else may.
python3 - "$work/demo/extracts" <<'PYTHON'
import os, random, sys
for name in sorted(os.listdir(sys.argv[1])):
    path = os.path.join(sys.argv[1], name)
    head, *rows = open(path, "rb").read().split(b"\n")
    if name.endswith(".csv") and not any(row.count(b'"') % 2 for row in rows):
        last = rows.pop() if rows[-1] == b"" else None
        random.Random(name).shuffle(rows)
        open(path, "wb").write(b"\n".join([head, *rows] + ([last] if last is not None else [])))
PYTHON
numbers() {
    "$program" run "$1" --out "$work/out" --format html >"$work/said" 2>&1 || { cat "$work/said"; exit 1; }
    id=$(readlink -f "$work/out/latest")
    id=${id##*-}
    find "$work/out/latest/" -name pack.html -exec sed -i -e "s/$id/RUN/g" -e '/; lines* [0-9]/d' -e 's/on line [0-9]*/on a line/g' {} +
    (cd "$work/out/latest" && find . -name pack.html -o -name measures.json -o -name deals.json -o -name rows.csv | LC_ALL=C sort | xargs sha256sum) >"$work/$2.sums"
    rm -rf "$work/out"
}
numbers "$SOURCE_DIR/config/demo/sefpack.yaml" first
numbers "$config" shuffled
same shuffled
