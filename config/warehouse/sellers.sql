-- Sellers: the users who own deals, with their role as the team.
-- All queries of this folder are written for tables as connectors load them from Salesforce, in a
-- schema `crm` with names in snake case; change what stands on the left of `as`, keep what stands
-- on the right.
select u.id                          as id,
       u.name                        as name,
       coalesce(u.user_role_id, '')  as team,
       u.email                       as email,
       u.manager_id                  as manager,
       u.title                       as role,
       to_char(u.start_date, 'YYYY-MM-DD') as start,
       to_char(u.end_date, 'YYYY-MM-DD')   as "end"
  from crm.user_account u
 where exists (select 1 from crm.opportunity o where o.owner_id = u.id and not o.is_deleted)
    or exists (select 1 from crm.forecasting_quota q where q.quota_owner_id = u.id)
 order by u.id
