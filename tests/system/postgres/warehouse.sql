-- A few rows for the queries of config/warehouse: what is deleted or open must not come out.
insert into crm.user_role values ('R1', 'North', null), ('R2', 'Rhine', 'R1');
insert into crm.user_account (id, name, email, manager_id, user_role_id, start_date, is_active, forecast_enabled)
    values ('U1', 'Ana Diaz', 'ana@northwind.example', 'U2', 'R2', '2024-01-01', true, true),
           ('U2', 'Dee Patel', 'dee@northwind.example', null, 'R1', '2024-01-01', true, true);
insert into crm.account (id, name, owner_id, is_deleted) values ('001A', 'Acme', 'U1', false), ('001B', 'Gone', 'U1', true);
insert into crm.contact (id, account_id, name, title, is_deleted) values ('003A', '001A', 'Kim', 'VP', false);
insert into crm.opportunity (id, owner_id, stage_name, created_date, name, account_id, amount, currency_iso_code, close_date,
                             is_won, is_deleted)
    values ('006A', 'U1', 'Qualified', '2026-06-01 09:00+00', 'Rollout', '001A', 120000, 'EUR', '2026-12-15', false, false),
           ('006B', 'U1', 'Qualified', '2026-06-01 09:00+00', 'Twice', '001A', 1, 'EUR', '2026-12-15', false, true);
insert into crm.opportunity_history (id, opportunity_id, created_date, stage_name, amount, currency_iso_code, close_date)
    values ('008A', '006A', '2026-06-01 09:00+00', 'Qualified', 100000, 'EUR', '2026-11-15');
insert into crm.task (id, owner_id, what_id, who_id, account_id, type, task_subtype, call_type, completed_at, is_closed, is_deleted)
    select 'T' || n, 'U1', '006A', '003A', '001A', 'Call', 'Call', 'Inbound', '2026-09-10 09:00+00', true, false
      from generate_series(1, 40) n;
insert into crm.task (id, owner_id, is_closed, is_deleted) values ('T0', 'U1', false, false);
insert into crm.lead (id, owner_id, created_date, is_deleted) values ('00QA', 'U1', '2026-05-20 09:00+00', false);
insert into crm.forecasting_quota values ('Q1', 'U1', 100000, '2026-07-01', true), ('Q2', 'U1', 50000, '2026-07-01', true);
insert into crm.forecast_snapshot values ('U1', '2026-07-01', '2026-09-01', 90000, 120000);
