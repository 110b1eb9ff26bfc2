-- Activities, summed by the warehouse: one row for all that agree in everything a measure looks
-- at, with how many they are in `count`. Ten million calls and mails become a few hundred thousand
-- rows; no measure changes by it.
with done as (
    select t.completed_at::date                 as day,
           t.owner_id                           as owner,
           case t.task_subtype
                when 'Call'  then 'call'
                when 'Email' then 'email'
                else lower(coalesce(nullif(t.type, ''), 'task')) end as type,
           t.account_id                         as account,
           case when t.what_id like '006%' then t.what_id end as deal,
           case when t.who_id like '003%' then t.who_id end   as contact,
           case t.call_type
                when 'Inbound'  then 'in'
                when 'Outbound' then 'out' end  as direction,
           lower(t.call_disposition)            as outcome,
           t.call_duration_in_seconds / 60.0    as minutes
      from crm.task t
     where not t.is_deleted and t.is_closed and t.completed_at is not null
    union all
    select e.activity_date,
           e.owner_id,
           lower(coalesce(nullif(e.type, ''), 'meeting')),
           e.account_id,
           case when e.what_id like '006%' then e.what_id end,
           case when e.who_id like '003%' then e.who_id end,
           null,
           lower(e.outcome),
           e.duration_in_minutes
      from crm.event e
     where not e.is_deleted and not e.is_child
)
select to_char(day, 'YYYY-MM-DD')  as day,
       owner                       as owner,
       type                        as type,
       account                     as account,
       deal                        as deal,
       contact                     as contact,
       direction                   as direction,
       outcome                     as outcome,
       round(sum(minutes))         as minutes,
       count(*)                    as count
  from done
 group by day, owner, type, account, deal, contact, direction, outcome
 order by day, owner, type, account, deal, contact, direction, outcome
