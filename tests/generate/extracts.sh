#!/bin/sh
# The generator: the committed extracts of the demo are what it writes; many sellers and deals live
# on possible days; what cannot be made is refused in words. Arguments: the generator.
set -eu
generate=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "extracts: $*" >&2
    exit 1
}

"$generate" "$work/demo"
diff -r "$work/demo" "$SOURCE_DIR/config/demo/extracts" >/dev/null ||
    fail "config/demo/extracts is not what the generator writes"

# every day lies between the oldest seller's first and half a year and some months ahead
for shape in "--sellers 1000 --teams 50 --regions 5" "--sellers 1000 --teams 1000 --regions 0" \
    "--sellers 1 --teams 1 --regions 1"; do
    # shellcheck disable=SC2086
    "$generate" "$work/many" --deals 2000 --activities 1 --tidy $shape
    grep -ohE '\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b' "$work"/many/*.csv | sort -u >"$work/days"
    awk '$0 < "2019-08-01" || $0 > "2027-06-30" { print; bad = 1 } END { exit bad }' "$work/days" ||
        fail "impossible days with $shape"
    awk -F, 'NR > 1 && ($7 == "" || ($8 != "" && $8 <= $7)) { print; bad = 1 } END { exit bad }' \
        "$work/many/sellers.csv" || fail "sellers who left before they came, with $shape"
    [ "$(wc -l <"$work/many/deals.csv")" -gt 1800 ] || fail "few deals with $shape"
done

# another span of years, its own quarters
"$generate" "$work/past" --from 2015-01-01 --as-of 2017-12-31 --deals 300
[ "$(sed -n 2p "$work/past/quotas.csv" | cut -d, -f1)" = 2015-02-01 ] || fail "first quarter"
[ "$(tail -n 1 "$work/past/quotas.csv" | cut -d, -f1)" = 2018-05-01 ] || fail "last quarter"

refused() {
    expected=$1
    shift
    status=0
    message=$("$generate" "$work/none" "$@" 2>&1) || status=$?
    [ $status = 2 ] && [ "$message" = "generate: $expected" ] ||
        fail "$*: exit $status, '$message'"
}
refused "--activities: expected a number from 0 to 100, got '5000'" --activities 5000
refused "--deals: expected a number from 1 to 10000000, got 'many'" --deals many
refused "--sellers: expected a number from 1 to 100000, got '-1'" --sellers -1
refused "--sellers: expected a value, got ''" --sellers
refused "--as-of: expected a day of the calendar, from 1971 on, got '2026-02-30'" --as-of 2026-02-30
refused "--from: expected a day as 2026-09-30, got 'soon'" --from soon
refused "options: expected one of those in the first lines of generate.c, got '--rows'" --rows 3
refused "--from must be 180 to 20000 days before --until (or --as-of)" --as-of 2020-01-01
refused "expected no more regions than teams and no more teams than sellers" --sellers 3
[ ! -e "$work/none" ] || fail "a refused call wrote something"
