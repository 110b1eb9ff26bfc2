-- Leads, with the days of their steps as far as they are kept.
select l.id                        as id,
       l.owner_id                  as owner,
       to_char(l.created_date, 'YYYY-MM-DD')        as created,
       l.converted_account_id      as account,
       l.lead_source               as source,
       to_char(l.first_worked_at, 'YYYY-MM-DD')     as worked,
       to_char(l.first_replied_at, 'YYYY-MM-DD')    as replied,
       to_char(l.first_meeting_date, 'YYYY-MM-DD')  as met,
       to_char(l.converted_date, 'YYYY-MM-DD')      as qualified,
       l.converted_opportunity_id  as deal,
       to_char(case when l.status = 'Unqualified' then l.closed_at end, 'YYYY-MM-DD') as closed
  from crm.lead l
 where not l.is_deleted
 order by l.id
