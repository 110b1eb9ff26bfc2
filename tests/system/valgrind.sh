#!/bin/sh
# No error and no leak: the demo's packs, `check`, `explain` and bad input under valgrind. A worker
# leaves by _exit with the run's memory in hand, so that only what nothing points to counts there;
# the program itself must have given back all but the C library's own.
set -eu
program=$1
command -v valgrind >/dev/null || { echo "valgrind is not installed: skipped"; exit 77; }
! nm "$program" | grep -q __asan_init || { echo "AddressSanitizer does not go with valgrind: skipped"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# expected exit code, arguments of the program
memcheck() {
    expected=$1
    shift
    rm -f "$work"/log.*
    code=0
    valgrind --leak-check=full --errors-for-leak-kinds=definite,indirect --log-file="$work/log.%p" \
        "$program" "$@" >"$work/said" 2>&1 || code=$?
    [ "$code" = "$expected" ] || { echo "valgrind: $*: exit $code"; cat "$work/said"; exit 1; }
    for log in "$work"/log.*; do
        grep -q 'ERROR SUMMARY: 0 errors' "$log" || { echo "valgrind: $*"; cat "$log"; exit 1; }
    done
    log=$(ls -tr "$work"/log.* | tail -n 1) # the last to end is the program itself
    grep -qE 'possibly lost: 0 bytes|All heap blocks were freed' "$log" ||
        { echo "valgrind: $*: not all was given back"; cat "$log"; exit 1; }
}

demo=$SOURCE_DIR/config/demo/sefpack.yaml
memcheck 0 run "$demo" --out "$work/out" --jobs 1 --only T001
memcheck 0 check "$demo"
memcheck 0 explain "$demo" forecast.gap --scope T001
memcheck 0 init "$work/init"
for case in alias_bomb several_faults unknown_option ambiguous_date doctype rejected_rows \
    manager_cycle; do
    cp -r "$SOURCE_DIR/tests/bad/cases/$case" "$work/$case"
    cd "$work/$case"
    eval "memcheck $(cat code) $(cat args)"
done
