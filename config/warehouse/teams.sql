-- Teams: the hierarchy of roles. The manager is the user of the role who forecasts for
-- it.
select r.id             as id,
       r.name           as name,
       r.parent_role_id as parent,
       (select min(u.id)
          from crm.user_account u
         where u.user_role_id = r.id and u.is_active and u.forecast_enabled) as manager
  from crm.user_role r
 order by r.id
