-- The workspace of the running transaction; null outside one. Every row-level policy reads it.
create function platform.current_workspace() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('relevo.workspace', true), '')::uuid;

-- The person who is choosing a workspace; null once they are in one.
create function platform.current_person() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('relevo.person', true), '')::uuid;

-- Closes a table: rows of the running workspace only, for its owner too.
create procedure platform.wall(wanted regclass)
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', wanted);
    execute format('alter table %s force row level security', wanted);
    execute format('create policy workspace on %s using (workspace_id = platform.current_workspace())', wanted);
end $$;

create table platform.events (
    workspace_id uuid not null,
    number       bigint generated always as identity,
    tx           xid8 not null default pg_current_xact_id(),
    at           timestamptz not null default now(),
    kind         text not null,
    subject_id   uuid not null,
    entry_id     uuid,
    entry_kind   text,
    actor_id     uuid,
    primary key (workspace_id, tx, number)
);
call platform.wall('platform.events');

create table platform.idempotent_writes (
    workspace_id uuid not null,
    actor_id     uuid not null,
    key          text not null check (length(key) <= 200),
    request      bytea not null,
    status       int,
    content_type text,
    body         bytea,
    at           timestamptz not null default now(),
    primary key (workspace_id, actor_id, key)
);
create index on platform.idempotent_writes (workspace_id, actor_id, at);
call platform.wall('platform.idempotent_writes');

-- db-scheduler's table, as its manual gives it.
create table platform.scheduled_tasks (
    task_name            text not null,
    task_instance        text not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index on platform.scheduled_tasks (execution_time);
create index on platform.scheduled_tasks (last_heartbeat);

revoke update, delete on platform.events from ${application};
