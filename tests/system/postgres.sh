#!/bin/sh
# The same measures from a real PostgreSQL server as from CSV: by COPY and, where COPY is refused,
# row by row; from two shard servers behind a foreign data wrapper; with activities summed by the
# server. The ready queries, passwords from their usual places, a server that stalls, is cut off or
# is not there.
set -eu
program=$1
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
[ -n "$bin" ] || { echo "skipped: no PostgreSQL server is installed"; exit 77; }
work=$(mktemp -d /tmp/sefpack-pg-XXXXXX)
chmod 755 "$work"
servers="main shard0 shard1"
proxies=
as_server() {
    if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$*"; else sh -c "$*"; fi
}
stop() {
    for proxy in $proxies; do kill "$proxy" 2>/dev/null || true; done
    for server in $servers; do
        as_server "$bin/pg_ctl -D $work/$server/data -m immediate stop" >/dev/null 2>&1 || true
    done
    rm -rf "$work"
}
trap stop EXIT
mkdir "$work/main"
[ "$(id -u)" != 0 ] || chown postgres "$work/main"
as_server "$bin/initdb -D $work/main/data -A trust -U sales -E UTF8 --no-locale --no-sync" >/dev/null
sed -i '1i local all reader scram-sha-256' "$work/main/data/pg_hba.conf"
cp -a "$work/main" "$work/shard0"
cp -a "$work/main" "$work/shard1"
for server in $servers; do
    as_server "$bin/pg_ctl -D $work/$server/data -w -o '-k $work/$server -c listen_addresses= -c fsync=off -c max_wal_senders=0' -l $work/$server/log start" >/dev/null
done
export PGHOST="$work/main" PGUSER=sales
demo=$SOURCE_DIR/config/demo/extracts
sh "$SOURCE_DIR/tests/system/postgres/load.sh" "$demo" "$work"

config() { # name, tables, what stands before their names in the query [, host [, another query]]
    sed -e "s#extracts/#$demo/#g" -e "s#^out:.*#out: {dir: $work/out-$1, history: off}#" "$SOURCE_DIR/config/demo/sefpack.yaml" >"$work/$1.yaml"
    for table in $2; do
        python3 - "$work/$1.yaml" "$table" "${5:-select * from $3$table}" "${4:-$PGHOST}" <<'EOF'
import re, sys
path, table, query, host = sys.argv[1:]
text = open(path).read()
text = re.sub(rf"^  {table}: .*$", f'  {table}: {{postgres: "host={host} dbname=sales", query: "{query}", timeout: 2}}', text, flags=re.M)
open(path, "w").write(text)
EOF
    done
}
facts() { # the numbers of a run, without what names the files
    (cd "$work/out-$1/2026-09-30" && find . -name measures.json -o -name deals.json -o -name rows.csv | sort | xargs sha256sum)
}
proxy() { # mode
    mkdir "$work/$1"
    python3 "$SOURCE_DIR/tests/system/postgres/proxy.py" "$1" "$work/$1/.s.PGSQL.5432" "$work/main/.s.PGSQL.5432" >"$work/$1/said" &
    proxies="$proxies $!"
    for _ in $(seq 100); do grep -qs ready "$work/$1/said" && return; sleep 0.1; done
    echo "the proxy does not start"; exit 1
}
fails() { # name, id of the message: exit 5, a message, and nothing published
    code=0
    "$program" run "$work/$1.yaml" -q 2>"$work/message" || code=$?
    [ $code = 5 ] && grep -q "$2" "$work/message" || { echo "$1: exit $code, expected 5 and $2"; cat "$work/message"; exit 1; }
    [ ! -e "$work/out-$1" ] || [ -z "$(ls "$work/out-$1")" ] || { echo "$1: something was published"; ls -a "$work/out-$1"; exit 1; }
}
all="sellers teams contacts deals history activities leads quotas calls"
sums="select day, owner, type, account, deal, contact, direction, outcome, count(*) as count from activities group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8"
proxy refuse
config csv "" ""
config copy "$all" ""
config rows "deals activities" "" "$work/refuse"
config shards "deals activities" "sharded_"
config sums activities "" "" "$sums"
for name in csv copy rows shards sums; do
    "$program" run "$work/$name.yaml" -q --format dump 2>"$work/message" || { cat "$work/message"; exit 1; }
    facts $name >"$work/$name.facts"
    cmp "$work/csv.facts" "$work/$name.facts"
done
psql -q -d shard0 -h "$work/shard0" -Atc 'select count(*) > 100 from deals' | grep -qx t

# the ready queries, on tables as they describe them
psql -q -v ON_ERROR_STOP=1 -d sales -f "$SOURCE_DIR/config/warehouse/tables.sql" -f "$SOURCE_DIR/tests/system/postgres/warehouse.sql"
{
    printf 'version: 1\ncompany: Warehouse\nas_of: 2026-09-30\nperiod: quarter\ncurrency: EUR\n'
    printf 'stages:\n  - {name: Qualified, outcome: open, qualified: yes}\n  - {name: Won, outcome: won}\nextracts:\n'
    for table in $all accounts; do
        printf '  %s: {postgres: "dbname=sales", query_file: %s/config/warehouse/%s.sql}\n' "$table" "$SOURCE_DIR" "$table"
    done
} >"$work/warehouse.yaml"
"$program" check "$work/warehouse.yaml" >"$work/report"
[ "$(grep -c 'rejected 0 + ignored 0 + future 0' "$work/report")" = 10 ] || { cat "$work/report"; exit 1; }
"$program" explain "$work/warehouse.yaml" calls.two_way_share | grep -q '40' # one row that counts 40

# passwords: none; PGPASSWORD; .pgpass; the service file
psql -q -d sales -c "create role reader login password 'open sesame'; grant select on all tables in schema public to reader"
secret() { # name, connection
    sed -e "s#extracts/#$demo/#g" -e "s#^out:.*#out: {dir: $work/out-$1, history: off}#" -e "s#^  sellers: .*#  sellers: {postgres: \"$2\", query: select * from sellers}#" "$SOURCE_DIR/config/demo/sefpack.yaml" >"$work/$1.yaml"
}
unset PGUSER
secret password "dbname=sales user=reader"
secret service "service=crm"
fails password postgres.connect
grep -q "hint: set PGPASSWORD, or write it into .pgpass or the service file" "$work/message"
PGPASSWORD='open sesame' "$program" check "$work/password.yaml" 2>/dev/null | grep -q 'read 30 = used 30'
echo "*:*:*:reader:open sesame" >"$work/pgpass"
chmod 600 "$work/pgpass"
PGPASSFILE=$work/pgpass "$program" check "$work/password.yaml" 2>/dev/null | grep -q 'read 30 = used 30'
printf '[crm]\nhost=%s\ndbname=sales\nuser=reader\npassword=open sesame\n' "$PGHOST" >"$work/service.conf"
PGSERVICEFILE=$work/service.conf "$program" check "$work/service.yaml" 2>/dev/null | grep -q 'read 30 = used 30'
export PGUSER=sales

# a server that falls silent, one that is cut off, a query that fails, no server: nothing comes out
proxy cut
proxy stall
config cut "deals" "" "$work/cut"
config stall "deals" "" "$work/stall"
config wrong deals "no_such_"
fails cut postgres.lost
fails stall postgres.timeout
fails wrong postgres.query
config gone deals "" "$work/nowhere"
fails gone postgres.connect
as_server "$bin/pg_ctl -D $work/main/data -m immediate stop" >/dev/null
before=$(readlink "$work/out-copy/latest")
! "$program" run "$work/copy.yaml" -q 2>"$work/message"
grep -q postgres.connect "$work/message"
[ "$(readlink "$work/out-copy/latest")" = "$before" ]
echo "postgres: COPY, single rows, two shard servers and sums of the server give the numbers of CSV"
