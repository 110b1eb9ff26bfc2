# load.sh EXTRACTS WORK: the CSV extracts as tables of text, and two of them spread over two shard
# servers behind postgres_fdw, as one partitioned foreign table each.
set -eu
demo=$1
work=$2
run() { # database; on a shard that is the server, too
    case $1 in shard*) host=$work/$1 ;; *) host=$PGHOST ;; esac
    psql -q -v ON_ERROR_STOP=1 -h "$host" -d "$1" -c "$2"
}
create() { # database, table, file
    columns=$(head -n 1 "$3" | sed 's/\([a-z_]*\)/"\1" text/g')
    run "$1" "create table \"$2\" ($columns)"
}
run postgres "create database sales"
for shard in shard0 shard1; do psql -q -h "$work/$shard" -d postgres -c "create database $shard"; done
for table in sellers teams contacts deals history activities leads quotas calls; do
    # rows that are no CSV of this width stay outside: a table has columns
    python3 - "$demo/$table.csv" "$work/$table.csv" <<'EOF'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))
csv.writer(open(sys.argv[2], "w", encoding="utf-8", newline=""), lineterminator="\n").writerows(r for r in rows if len(r) == len(rows[0]))
EOF
    create sales $table "$work/$table.csv"
    psql -q -v ON_ERROR_STOP=1 -d sales -c "\\copy \"$table\" from '$work/$table.csv' csv header null 'no null'"
done
run sales "create extension postgres_fdw"
for shard in 0 1; do
    run sales "create server shard$shard foreign data wrapper postgres_fdw options (host '$work/shard$shard', dbname 'shard$shard')"
    run sales "create user mapping for current_user server shard$shard options (user '$PGUSER')"
done
spread() { # table, key
    columns=$(head -n 1 "$work/$1.csv" | sed 's/\([a-z_]*\)/"\1" text/g')
    run sales "create table sharded_$1 ($columns) partition by hash (\"$2\")"
    for shard in 0 1; do
        create shard$shard "$1" "$work/$1.csv"
        run sales "create foreign table $1_$shard partition of sharded_$1 for values with (modulus 2, remainder $shard) server shard$shard options (table_name '$1')"
    done
    run sales "insert into sharded_$1 select * from \"$1\""
}
spread deals id
spread activities owner
