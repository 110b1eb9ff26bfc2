-- The job of the peers, in DuckDB. ${extracts} is the folder of the extracts, ${out} the file to write.
SET threads = ${threads};
SET preserve_insertion_order = false;

CREATE TEMP TABLE seller AS
SELECT id, team FROM read_csv('${extracts}/sellers.csv', header = true, all_varchar = true);

CREATE TEMP TABLE rate AS
SELECT * FROM (VALUES ('EUR', 100), ('USD', 92), ('GBP', 117)) AS given (currency, hundredths);

CREATE TEMP TABLE deal AS
SELECT read.id, seller.team, account, stage, qualified, close, type,
       ((amount * 100)::BIGINT * hundredths + 50) // 100 AS cents
FROM read_csv('${extracts}/deals.csv', header = true, auto_detect = false, delim = ',', quote = '"',
              escape = '"', columns = {
    'id': 'VARCHAR', 'name': 'VARCHAR', 'owner': 'VARCHAR', 'account': 'VARCHAR',
    'stage': 'VARCHAR', 'amount': 'DECIMAL(18,2)', 'currency': 'VARCHAR', 'created': 'DATE',
    'qualified': 'DATE', 'close': 'DATE', 'type': 'VARCHAR', 'source': 'VARCHAR',
    'next_step': 'VARCHAR', 'next_step_date': 'DATE', 'loss_reason': 'VARCHAR',
    'strategic': 'VARCHAR', 'plan': 'VARCHAR', 'story': 'VARCHAR', 'lead': 'VARCHAR',
    'category': 'VARCHAR'}) AS read
JOIN seller ON seller.id = read.owner
JOIN rate USING (currency)
WHERE qualified IS NOT NULL AND type <> 'Renewal';

CREATE TEMP TABLE activity AS
SELECT day, owner, deal, account,
       coalesce(direction, '') = 'in' OR coalesce(outcome, '') IN ('held', 'connected', 'replied')
       OR (type IN ('meeting', 'demo') AND coalesce(outcome, '') = '') AS two_way
FROM read_csv('${extracts}/activities.csv', header = true, auto_detect = false, delim = ',',
              quote = '"', escape = '"', columns = {
    'day': 'DATE', 'owner': 'VARCHAR', 'type': 'VARCHAR', 'account': 'VARCHAR', 'deal': 'VARCHAR',
    'contact': 'VARCHAR', 'direction': 'VARCHAR', 'outcome': 'VARCHAR', 'minutes': 'INTEGER'});

CREATE TEMP TABLE deal_seen AS
SELECT deal, max(day) AS day FROM activity WHERE two_way AND deal IS NOT NULL GROUP BY deal;

CREATE TEMP TABLE account_seen AS
SELECT account, max(day) AS day FROM activity
WHERE two_way AND deal IS NULL AND account IS NOT NULL GROUP BY account;

CREATE TEMP TABLE open_deal AS
SELECT deal.id, team, cents,
       DATE '2026-09-30' - qualified > 30
       AND coalesce(greatest(deal_seen.day, account_seen.day), DATE '1900-01-01')
           <= DATE '2026-08-31' AS silent
FROM deal
LEFT JOIN deal_seen ON deal_seen.deal = deal.id
LEFT JOIN account_seen ON account_seen.account = deal.account
WHERE stage IN ('Qualified', 'Proposal', 'Negotiation', 'Discovery');

CREATE TEMP TABLE open_sum AS
SELECT team, count(*) AS open_number, coalesce(sum(cents), 0)::BIGINT AS open_value,
       count(*) FILTER (silent) AS silent_number
FROM open_deal GROUP BY team;

CREATE TEMP TABLE decided AS
SELECT team,
       count(*) FILTER (stage = 'Closed Won') AS won_number,
       coalesce(sum(cents) FILTER (stage = 'Closed Won'), 0)::BIGINT AS won_value,
       count(*) FILTER (stage = 'Closed Lost') AS lost_number,
       coalesce(sum(cents) FILTER (stage = 'Closed Lost'), 0)::BIGINT AS lost_value,
       count(*) FILTER (stage = 'No Decision') AS undecided_number,
       coalesce(sum(cents) FILTER (stage = 'No Decision'), 0)::BIGINT AS undecided_value,
       coalesce(sum(greatest(close - qualified, 0)) FILTER (stage = 'Closed Won'), 0)::BIGINT
           AS won_days
FROM deal
WHERE close > DATE '2025-09-30' AND close <= DATE '2026-09-30' GROUP BY team;

CREATE TEMP TABLE volume AS
SELECT team, count(*) AS activities, count(*) FILTER (two_way) AS two_way
FROM activity JOIN seller ON seller.id = activity.owner
WHERE day > DATE '2026-07-01' GROUP BY team;

CREATE TEMP TABLE largest AS
SELECT team, string_agg(id, ' ' ORDER BY place) AS largest FROM (
    SELECT team, id, row_number() OVER (PARTITION BY team ORDER BY cents DESC NULLS LAST, id) AS place
    FROM open_deal)
WHERE place <= 10 GROUP BY team;

COPY (
    SELECT team, coalesce(open_number, 0), coalesce(open_value, 0), coalesce(silent_number, 0),
           coalesce(won_number, 0), coalesce(won_value, 0), coalesce(lost_number, 0),
           coalesce(lost_value, 0), coalesce(undecided_number, 0), coalesce(undecided_value, 0),
           coalesce(won_days, 0), coalesce(activities, 0), coalesce(two_way, 0),
           coalesce(largest, '')
    FROM (SELECT DISTINCT team FROM seller) LEFT JOIN open_sum USING (team)
    LEFT JOIN decided USING (team) LEFT JOIN volume USING (team) LEFT JOIN largest USING (team)
    ORDER BY team
) TO '${out}' (HEADER false, DELIMITER ',');
