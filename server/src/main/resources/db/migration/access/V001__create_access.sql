-- Names only; whoever signs in must find the workspace before they can be in it.
create table access.workspaces (
    id            uuid primary key,
    name          text not null check (length(name) between 1 and 120),
    time_zone     text not null,
    demonstration boolean not null default false,
    set_up_at     timestamptz,
    created_at    timestamptz not null
);

-- What a sign-in needs and no more: a keyed digest of the address, the hash, whose it is.
create table access.credentials (
    email_key     bytea primary key,
    person_id     uuid not null unique,
    password_hash text not null
);

create table access.memberships (
    workspace_id uuid not null references access.workspaces (id),
    person_id    uuid not null,
    party_id     uuid not null,
    role         text not null check (role in ('owner', 'supervisor', 'agent')),
    state        text not null default 'active' check (state in ('active', 'left')),
    created_at   timestamptz not null,
    primary key (workspace_id, person_id)
);
create index on access.memberships (person_id);
alter table access.memberships enable row level security;
alter table access.memberships force row level security;
create policy workspace on access.memberships
    using (workspace_id = platform.current_workspace() or person_id = platform.current_person())
    with check (workspace_id = platform.current_workspace());

-- A person may serve several workspaces: seen where they serve, and by themselves while they choose.
create table access.people (
    id         uuid primary key,
    email      text not null,
    name       text not null check (length(name) between 1 and 120),
    locale     text not null default 'es' check (locale in ('es', 'en')),
    theme      text not null default 'system' check (theme in ('light', 'dark', 'system')),
    created_at timestamptz not null
);
alter table access.people enable row level security;
alter table access.people force row level security;
create policy member on access.people
    using (id = platform.current_person()
           or exists (select 1 from access.memberships m
                      where m.person_id = people.id and m.workspace_id = platform.current_workspace()))
    with check (id = platform.current_person() or platform.current_workspace() is not null);

create table access.parties (
    id           uuid primary key,
    workspace_id uuid not null references access.workspaces (id),
    kind         text not null check (kind in ('shop', 'provider', 'freelancer')),
    name         text not null check (length(name) between 1 and 120),
    unique (workspace_id, name)
);
call platform.wall('access.parties');

create table access.teams (
    id           uuid primary key,
    workspace_id uuid not null references access.workspaces (id),
    party_id     uuid not null references access.parties (id),
    name         text not null check (length(name) between 1 and 120),
    unique (workspace_id, name)
);
call platform.wall('access.teams');

create table access.team_members (
    workspace_id uuid not null,
    team_id      uuid not null references access.teams (id),
    person_id    uuid not null,
    primary key (team_id, person_id)
);
create index on access.team_members (workspace_id, person_id);
call platform.wall('access.team_members');

create table access.invitations (
    id           uuid primary key,
    workspace_id uuid not null references access.workspaces (id),
    email        text not null,
    role         text not null,
    party_id     uuid not null references access.parties (id),
    team_ids     uuid[] not null,
    digest       bytea not null unique,
    invited_by   uuid,
    inviter_name text not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    accepted_at  timestamptz
);
call platform.wall('access.invitations');

create table access.tokens (
    id           uuid primary key,
    workspace_id uuid not null references access.workspaces (id),
    name         text not null check (length(name) between 1 and 120),
    digest       bytea not null unique,
    created_by   uuid,
    created_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
call platform.wall('access.tokens');

create table access.audit (
    id           uuid primary key,
    workspace_id uuid not null,
    at           timestamptz not null,
    actor_kind   text not null,
    actor_id     uuid,
    action       text not null,
    subject      text not null,
    detail       jsonb not null default '{}'
);
create index on access.audit (workspace_id, at desc);
call platform.wall('access.audit');
revoke update, delete on access.audit from ${application};

-- Spring Session's tables, as its manual gives them.
create table access.session (
    primary_id            char(36) not null primary key,
    session_id            char(36) not null unique,
    creation_time         bigint not null,
    last_access_time      bigint not null,
    max_inactive_interval int not null,
    expiry_time           bigint not null,
    principal_name        varchar(100)
);
create index on access.session (expiry_time);
create index on access.session (principal_name);
create table access.session_attributes (
    session_primary_id char(36) not null references access.session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea not null,
    primary key (session_primary_id, attribute_name)
);
