-- The tables that the queries of this folder read: as much of them as is read, to try them on.
create schema crm;
create table crm.user_role (id text primary key, name text, parent_role_id text);
create table crm.user_account (
    id text primary key, name text, email text, title text, manager_id text, user_role_id text,
    start_date date, end_date date, is_active boolean, forecast_enabled boolean);
create table crm.account (
    id text primary key, name text, owner_id text, segment text, industry text,
    potential numeric, icp_tier text, parent_id text, is_deleted boolean);
create table crm.contact (
    id text primary key, account_id text, name text, title text, level text, is_deleted boolean);
create table crm.opportunity (
    id text primary key, owner_id text, stage_name text, created_date timestamptz, name text,
    account_id text, amount numeric, currency_iso_code text, close_date date, type text,
    lead_source text, forecast_category_name text, next_step text, next_step_date date,
    loss_reason text, is_won boolean, is_deleted boolean);
create table crm.opportunity_history (
    id text primary key, opportunity_id text, created_date timestamptz, stage_name text,
    amount numeric, currency_iso_code text, close_date date, forecast_category text);
create table crm.task (
    id text primary key, owner_id text, what_id text, who_id text, account_id text, type text,
    task_subtype text, call_type text, call_disposition text, call_duration_in_seconds integer,
    completed_at timestamptz, is_closed boolean, is_deleted boolean);
create table crm.event (
    id text primary key, owner_id text, what_id text, who_id text, account_id text, type text,
    activity_date date, duration_in_minutes numeric, outcome text, is_child boolean,
    is_deleted boolean);
create table crm.lead (
    id text primary key, owner_id text, created_date timestamptz, lead_source text, status text,
    first_worked_at timestamptz, first_replied_at timestamptz, first_meeting_date date,
    converted_date date, converted_account_id text, converted_opportunity_id text,
    closed_at timestamptz, is_deleted boolean);
create table crm.forecasting_quota (
    id text primary key, quota_owner_id text, quota_amount numeric, start_date date,
    is_amount boolean);
create table crm.forecast_snapshot (
    owner_id text, period_start date, snapshot_date date, commit_amount numeric,
    best_case_amount numeric);
