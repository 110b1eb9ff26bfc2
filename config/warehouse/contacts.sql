-- Contacts of accounts; the level is found from the title where it is not kept.
select c.id         as id,
       c.account_id as account,
       c.name       as name,
       c.title      as title,
       c.level      as level
  from crm.contact c
 where not c.is_deleted and c.account_id is not null
 order by c.id
