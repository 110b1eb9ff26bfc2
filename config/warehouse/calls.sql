-- Forecast judgements: what a seller committed to and saw as the best case, day by day.
select s.owner_id                             as owner,
       to_char(s.period_start, 'YYYY-MM-DD')  as period,
       to_char(s.snapshot_date, 'YYYY-MM-DD') as day,
       s.commit_amount                        as "commit",
       s.best_case_amount                     as best
  from crm.forecast_snapshot s
 order by s.owner_id, s.period_start, s.snapshot_date
