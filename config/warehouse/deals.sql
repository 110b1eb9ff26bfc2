-- Deals in all states. Days are civil days of the company's time zone: set the connection's
-- (`PGTZ`, or `options=-ctimezone=Europe/Berlin` in the service file) to that of the config.
select o.id                     as id,
       o.owner_id               as owner,
       o.stage_name             as stage,
       to_char(o.created_date, 'YYYY-MM-DD') as created,
       o.name                   as name,
       o.account_id             as account,
       o.amount                 as amount,
       o.currency_iso_code      as currency,
       to_char(o.close_date, 'YYYY-MM-DD')   as close,
       o.type                   as type,
       o.lead_source            as source,
       case o.forecast_category_name
            when 'Omitted'   then 'omitted'
            when 'Pipeline'  then 'pipeline'
            when 'Best Case' then 'best'
            when 'Commit'    then 'commit' end as category,
       o.next_step              as next_step,
       to_char(o.next_step_date, 'YYYY-MM-DD') as next_step_date,
       o.loss_reason            as loss_reason,
       (select min(l.id)
          from crm.lead l
         where l.converted_opportunity_id = o.id and not l.is_deleted) as lead
  from crm.opportunity o
 where not o.is_deleted
 order by o.id
