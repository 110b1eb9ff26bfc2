#!/bin/sh
# The same measures from a real PostgreSQL server as from CSV, by COPY and, where COPY is refused,
# row by row; from two shards behind a foreign data wrapper; and what a lost server leads to.
set -eu
program=$1
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
[ -n "$bin" ] || { echo "skipped: no PostgreSQL server is installed"; exit 77; }
work=$(mktemp -d /tmp/sefpack-pg-XXXXXX)
chmod 755 "$work"
as_server() {
    if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$*"; else sh -c "$*"; fi
}
stop() {
    as_server "$bin/pg_ctl -D $work/data -m immediate stop" >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap stop EXIT
mkdir "$work/data" "$work/socket"
[ "$(id -u)" = 0 ] && chown postgres "$work/data" "$work/socket"
as_server "$bin/initdb -D $work/data -A trust -U sales -E UTF8 --no-locale" >/dev/null
as_server "$bin/pg_ctl -D $work/data -w -o '-k $work/socket -c listen_addresses= -c fsync=off' -l $work/data/log start" >/dev/null
export PGHOST="$work/socket" PGUSER=sales
demo=$SOURCE_DIR/config/demo/extracts
sh "$SOURCE_DIR/tests/system/postgres/load.sh" "$demo" "$work"

config() { # name, what stands in place of the three files' lines
    sed -e "s#extracts/#$demo/#g" -e "s#^out:.*#out: {dir: $work/out-$1, history: off}#" "$SOURCE_DIR/config/demo/sefpack.yaml" >"$work/$1.yaml"
    for table in $2; do
        query="select * from $3$table"
        python3 - "$work/$1.yaml" "$table" "$query" <<'EOF'
import re, sys
path, table, query = sys.argv[1:]
text = open(path).read()
text = re.sub(rf"^  {table}: .*$", f'  {table}: {{postgres: "dbname=sales", query: "{query}"}}', text, flags=re.M)
open(path, "w").write(text)
EOF
    done
}
facts() { # the numbers of a run, without what names the files
    (cd "$work/out-$1/2026-09-30" && find . -name measures.json -o -name deals.json -o -name rows.csv | sort | xargs sha256sum)
}
config csv "" ""
config copy "sellers teams contacts deals history activities leads quotas calls" ""
config shards "deals activities" "sharded_"
for name in csv copy shards; do
    "$program" run "$work/$name.yaml" -q --format dump || [ $? = 0 ]
    facts $name >"$work/$name.facts"
done
cmp "$work/csv.facts" "$work/copy.facts"
cmp "$work/csv.facts" "$work/shards.facts"

# no server: a clear error, and the run before stays as it was
as_server "$bin/pg_ctl -D $work/data -m immediate stop" >/dev/null
before=$(readlink "$work/out-copy/latest")
code=0
"$program" run "$work/copy.yaml" -q 2>"$work/message" || code=$?
[ $code = 5 ] || { echo "exit $code without a server, 5 expected"; cat "$work/message"; exit 1; }
grep -q 'postgres.connect' "$work/message"
[ "$(readlink "$work/out-copy/latest")" = "$before" ]
echo "postgres: COPY and two shards give the bytes of CSV"
