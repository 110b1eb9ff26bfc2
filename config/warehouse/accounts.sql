-- Accounts, with what they could spend in a year and whether they fit the ideal customer profile.
select a.id        as id,
       a.name      as name,
       a.owner_id  as owner,
       a.segment   as segment,
       a.industry  as industry,
       a.potential as potential,
       case when a.icp_tier in ('A', 'B', 'C', 'D') then a.icp_tier end as icp,
       case when exists (select 1 from crm.opportunity o
                          where o.account_id = a.id and o.is_won and not o.is_deleted)
            then 'yes' else 'no' end as customer,
       a.parent_id as parent
  from crm.account a
 where not a.is_deleted
 order by a.id
