#!/bin/sh
# job.sqlite.sh EXTRACTS OUT: the job of the peers in SQLite's shell, in memory.
exec sqlite3 :memory: <<STATEMENTS
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;
CREATE TABLE seller (id TEXT, name TEXT, team TEXT, email TEXT, manager TEXT, role TEXT, start TEXT, "end" TEXT);
CREATE TABLE deal (id TEXT, name TEXT, owner TEXT, account TEXT, stage TEXT, amount TEXT, currency TEXT, created TEXT,
    qualified TEXT, close TEXT, type TEXT, source TEXT, next_step TEXT, next_step_date TEXT, loss_reason TEXT,
    strategic TEXT, plan TEXT, story TEXT, lead TEXT, category TEXT);
CREATE TABLE activity (day TEXT, owner TEXT, type TEXT, account TEXT, deal TEXT, contact TEXT, direction TEXT,
    outcome TEXT, minutes INTEGER);
.mode csv
.import --skip 1 $1/sellers.csv seller
.import --skip 1 $1/deals.csv deal
.import --skip 1 $1/activities.csv activity
CREATE UNIQUE INDEX seller_by_id ON seller (id, team);
CREATE TABLE deal_seen (deal TEXT PRIMARY KEY, day TEXT) WITHOUT ROWID;
CREATE TABLE account_seen (account TEXT PRIMARY KEY, day TEXT) WITHOUT ROWID;
CREATE VIEW talk AS SELECT * FROM activity WHERE direction = 'in' OR outcome IN ('held', 'connected', 'replied')
    OR (type IN ('meeting', 'demo') AND outcome = '');
INSERT INTO deal_seen SELECT deal, max(day) FROM talk WHERE deal <> '' GROUP BY deal;
INSERT INTO account_seen SELECT account, max(day) FROM talk WHERE deal = '' AND account <> '' GROUP BY account;
CREATE TABLE counted AS SELECT d.id, s.team, stage, qualified, close, amount <> '' AS valued,
    (CAST(round(CASE amount WHEN '' THEN 0 ELSE amount END * 100) AS INTEGER)
        * CASE currency WHEN 'EUR' THEN 100 WHEN 'USD' THEN 92 ELSE 117 END + 50) / 100 AS cents,
    julianday('2026-09-30') - julianday(qualified) > 30
        AND max(coalesce(ds.day, ''), coalesce(a.day, '')) <= '2026-08-31' AS silent,
    stage IN ('Discovery', 'Qualified', 'Proposal', 'Negotiation') AS open,
    close > '2025-09-30' AND close <= '2026-09-30' AS recent
    FROM deal d JOIN seller s ON s.id = d.owner LEFT JOIN deal_seen ds ON ds.deal = d.id
    LEFT JOIN account_seen a ON a.account = d.account WHERE qualified <> '' AND type <> 'Renewal';
.once $2
WITH sums AS (SELECT team, sum(open), sum(cents * open), sum(silent AND open),
        sum(recent AND stage = 'Closed Won'), sum(cents * (recent AND stage = 'Closed Won')),
        sum(recent AND stage = 'Closed Lost'), sum(cents * (recent AND stage = 'Closed Lost')),
        sum(recent AND stage = 'No Decision'), sum(cents * (recent AND stage = 'No Decision')),
        sum(CASE WHEN recent AND stage = 'Closed Won'
            THEN max(CAST(julianday(close) - julianday(qualified) AS INTEGER), 0) ELSE 0 END)
        FROM counted GROUP BY team),
    volume AS (SELECT s.team, count(*) AS activities, sum(direction = 'in' OR outcome IN ('held', 'connected', 'replied')
        OR (type IN ('meeting', 'demo') AND outcome = '')) AS two_way
        FROM activity JOIN seller s ON s.id = owner WHERE day > '2026-07-01' GROUP BY s.team),
    largest AS (SELECT team, group_concat(id, ' ') AS largest FROM (SELECT * FROM (SELECT team, id,
        row_number() OVER (PARTITION BY team ORDER BY valued DESC, cents DESC, id) AS place FROM counted WHERE open)
        WHERE place <= 10 ORDER BY team, place) GROUP BY team)
SELECT sums.*, coalesce(activities, 0), coalesce(two_way, 0), coalesce(largest, '')
FROM sums LEFT JOIN volume USING (team) LEFT JOIN largest USING (team) ORDER BY team;
STATEMENTS
