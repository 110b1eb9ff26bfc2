#!/bin/sh
# One allocation is refused, at a hundred places of a run: it ends with a message and publishes
# nothing, or goes on and publishes the same bytes. (A face whose name could not be read is named
# with a blank in the manifest, which is why that file is not compared.)
set -eu
program=$1
! nm "$program" | grep -q __asan_init || { echo "AddressSanitizer has its own allocator: skipped"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scarce=$BUILD_DIR/tests/scarce.so

run() { # folder; further words are the environment
    folder=$1
    shift
    env LD_PRELOAD="$scarce" "$@" "$program" run "$SOURCE_DIR/config/demo/sefpack.yaml" --out "$folder" \
        --jobs 1 --only '*Jorgensen*' --format html,pdf
}

all=$(run "$work/whole" SCARCE_COUNT=1 2>/dev/null | sed -n 's/ allocations$//p')
[ "$all" -gt 10000 ] || { echo "only $all allocations were seen"; exit 1; }

refused=0
at=1
while [ "$at" -lt "$all" ]; do
    code=0
    rm -rf "$work/out"
    run "$work/out" SCARCE_AT="$at" >"$work/said" 2>&1 || code=$?
    case $code in
    0)
        differing=$(diff -rq -x .lock -x history.sqlite -x manifest.json "$work/whole" "$work/out") ||
            { echo "allocation $at: other bytes: $differing"; exit 1; }
        ;;
    1 | 4 | 6)
        refused=$((refused + 1))
        grep -q 'memory\|failed' "$work/said" || { echo "allocation $at: exit $code without a reason"; exit 1; }
        [ ! -e "$work/out/latest" ] || { echo "allocation $at: exit $code, and published"; exit 1; }
        ;;
    *)
        echo "allocation $at: exit $code"
        cat "$work/said"
        exit 1
        ;;
    esac
    # each of the first thirty, then further and further apart
    [ "$at" -lt 30 ] && at=$((at + 1)) || at=$((at + at / 9))
done
[ "$refused" -gt 20 ] || { echo "only $refused refusals were noticed"; exit 1; }
echo "$refused refusals ended a run with a word"
