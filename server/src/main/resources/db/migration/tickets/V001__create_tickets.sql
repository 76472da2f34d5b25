create table tickets.counters (
    workspace_id uuid primary key,
    last_number  bigint not null
);
call platform.wall('tickets.counters');

-- The projection: what the newest timeline entries make of a ticket. Written in the same transaction as they.
create table tickets.tickets (
    id               uuid primary key,
    workspace_id     uuid not null,
    number           bigint not null,
    subject          text not null,
    status           text not null check (status in ('new', 'open', 'pending', 'on-hold', 'solved', 'closed')),
    stage            text not null generated always as (
                         case when status in ('new', 'open') then 'active'
                              when status in ('solved', 'closed') then 'done' else status end) stored,
    channel          text not null check (channel in ('email')),
    inbox_id         uuid,
    inbox_address    text,
    customer_id      uuid not null,
    customer_email   text,
    order_id         uuid,
    order_reason     jsonb,
    assignee_id      uuid,
    team_id          uuid,
    party_id         uuid,
    tags             text[] not null default '{}',
    preview          text not null,
    attachments      boolean not null default false,
    delivery_failed  boolean not null default false,
    waiting_since    timestamptz,
    last_message_at  timestamptz not null,
    last_customer_at timestamptz,
    created_at       timestamptz not null,
    follow_up_of     uuid,
    search           tsvector not null,
    unique (workspace_id, number)
);
create index tickets_all on tickets.tickets (workspace_id, last_message_at desc, id desc);
create index tickets_stage on tickets.tickets (workspace_id, stage, last_message_at desc, id desc);
create index tickets_assignee on tickets.tickets (workspace_id, assignee_id, last_message_at desc, id desc) where stage <> 'done';
create index tickets_unassigned on tickets.tickets (workspace_id, last_message_at desc, id desc)
    where assignee_id is null and stage <> 'done';
create index tickets_team on tickets.tickets (workspace_id, team_id, last_message_at desc, id desc) where stage <> 'done';
create index tickets_party on tickets.tickets (workspace_id, party_id, last_message_at desc, id desc) where stage <> 'done';
create index tickets_customer on tickets.tickets (workspace_id, customer_id, last_message_at desc);
create index tickets_search on tickets.tickets using gin (search) with (fastupdate = on);
call platform.wall('tickets.tickets');

-- Row-level security lets an index answer @@ only if the operator is known not to leak. It does not: it compares and
-- returns. Where we may not say so (an external server's plain owner), search is right but slower; see the guide.
do $$ begin
    alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;
exception when insufficient_privilege then
    raise notice 'search works without its index: ts_match_vq could not be marked leakproof';
end $$;

create table tickets.messages (
    id                uuid primary key,
    workspace_id      uuid not null,
    ticket_id         uuid not null references tickets.tickets (id),
    kind              text not null check (kind in ('received', 'reply', 'note')),
    text              text not null,
    html              text,
    html_height       int,
    language          text,
    from_address      text,
    to_addresses      text[] not null default '{}',
    cc_addresses      text[] not null default '{}',
    raw               text,
    unreadable        boolean not null default false,
    delivery          text check (delivery in ('queued', 'sending', 'sent', 'failed', 'cancelled', 'uncertain')),
    delivery_at       timestamptz,
    delivery_attempts int not null default 0,
    delivery_next     timestamptz,
    delivery_reason   jsonb,
    cancellable_until timestamptz
);
create index on tickets.messages (ticket_id);
call platform.wall('tickets.messages');

create table tickets.attachments (
    id           uuid primary key,
    workspace_id uuid not null,
    message_id   uuid references tickets.messages (id),
    name         text not null,
    type         text not null,
    size         bigint not null,
    blob         text not null,
    inline       boolean not null default false,
    content_id   text,
    uploaded_by  uuid,
    uploaded_at  timestamptz
);
create index on tickets.attachments (message_id);
create index on tickets.attachments (workspace_id, uploaded_at) where message_id is null;
call platform.wall('tickets.attachments');

-- The truth: everything that happened to a ticket, in order; nothing is changed or taken away.
create table tickets.timeline (
    id           uuid not null,
    workspace_id uuid not null,
    ticket_id    uuid not null references tickets.tickets (id),
    at           timestamptz not null,
    recorded_at  timestamptz not null default now(),
    kind         text not null,
    actor_kind   text not null check (actor_kind in ('customer', 'person', 'system', 'token')),
    actor_id     uuid,
    actor_name   text,
    actor_party  text,
    reason       jsonb,
    field        text,
    before       text,
    after        text,
    message_id   uuid,
    primary key (ticket_id, at, id)
);
create index on tickets.timeline (message_id) where message_id is not null;
call platform.wall('tickets.timeline');
revoke update, delete on tickets.timeline from ${application};

create table tickets.reads (
    workspace_id uuid not null,
    person_id    uuid not null,
    ticket_id    uuid not null,
    at           timestamptz not null,
    primary key (person_id, ticket_id)
);
call platform.wall('tickets.reads');

create table tickets.drafts (
    workspace_id   uuid not null,
    person_id      uuid not null,
    ticket_id      uuid not null,
    mode           text not null check (mode in ('reply', 'note')),
    text           text not null,
    attachment_ids uuid[] not null,
    saved_at       timestamptz not null,
    primary key (person_id, ticket_id, mode)
);
call platform.wall('tickets.drafts');
