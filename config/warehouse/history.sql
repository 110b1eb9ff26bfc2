-- History: what a deal was after each change. In the order of their time, for of several changes
-- in one day the last one stands at its end.
select h.opportunity_id    as deal,
       to_char(h.created_date, 'YYYY-MM-DD') as day,
       h.stage_name        as stage,
       h.amount            as amount,
       h.currency_iso_code as currency,
       to_char(h.close_date, 'YYYY-MM-DD')   as close,
       case h.forecast_category
            when 'Omitted'  then 'omitted'
            when 'Pipeline' then 'pipeline'
            when 'BestCase' then 'best'
            when 'Forecast' then 'commit' end as category
  from crm.opportunity_history h
  join crm.opportunity o on o.id = h.opportunity_id and not o.is_deleted
 order by h.opportunity_id, h.created_date, h.id
