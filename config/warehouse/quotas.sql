-- Quotas of sellers, one row a period; several product families of one seller are summed, for two
-- rows of one seller and period are both rejected.
select to_char(q.start_date, 'YYYY-MM-DD') as period,
       sum(q.quota_amount)                 as amount,
       q.quota_owner_id                    as seller
  from crm.forecasting_quota q
 where q.is_amount
 group by q.start_date, q.quota_owner_id
 order by q.start_date, q.quota_owner_id
