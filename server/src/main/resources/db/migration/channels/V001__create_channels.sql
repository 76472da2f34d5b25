create table channels.mailboxes (
    id              uuid primary key,
    workspace_id    uuid not null,
    address         text not null,
    name            text not null,
    imap_host       text not null,
    imap_port       int not null check (imap_port between 1 and 65535),
    imap_security   text not null check (imap_security in ('tls', 'starttls', 'none')),
    smtp_host       text not null,
    smtp_port       int not null check (smtp_port between 1 and 65535),
    smtp_security   text not null check (smtp_security in ('tls', 'starttls', 'none')),
    username        text not null,
    password        bytea not null,          -- sealed
    team_id         uuid,
    history_days    int not null check (history_days between 0 and 3650),
    plus_addressing boolean not null default false,
    state           text not null default 'connecting' check (state in ('ok', 'connecting', 'failing', 'paused')),
    problem         jsonb,
    state_since     timestamptz not null,
    last_contact_at timestamptz,
    created_at      timestamptz not null,
    removed_at      timestamptz
);
create unique index on channels.mailboxes (workspace_id, address) where removed_at is null;
call platform.wall('channels.mailboxes');

-- How far a folder has been read. Moves in the transaction that stored what was read.
create table channels.cursors (
    workspace_id uuid not null,
    mailbox_id   uuid not null references channels.mailboxes (id),
    folder       text not null,
    uid_validity bigint not null,
    last_uid     bigint not null,
    primary key (mailbox_id, folder)
);
call platform.wall('channels.cursors');

-- Everything that arrived, as it arrived. Parsing comes after this row is committed.
create table channels.inbound (
    id            uuid primary key,
    workspace_id  uuid not null,
    mailbox_id    uuid not null references channels.mailboxes (id),
    transport_key text not null,
    content_key   bytea,
    received_at   timestamptz not null,
    internal_date timestamptz,
    size          bigint not null,
    blob          text not null,
    state         text not null default 'received' check (state in ('received', 'done', 'duplicate', 'failed')),
    attempts      int not null default 0,
    next_at       timestamptz not null,
    problem       text,
    unreadable    boolean not null default false,
    ticket_id     uuid,
    message_id    uuid,
    unique (workspace_id, transport_key)
);
create unique index inbound_content on channels.inbound (workspace_id, content_key) where state = 'done';
create index inbound_waiting on channels.inbound (workspace_id, next_at, id) where state = 'received';
create index inbound_failed on channels.inbound (workspace_id, received_at desc) where state = 'failed' or unreadable;
create index on channels.inbound (mailbox_id);
call platform.wall('channels.inbound');

-- Message-IDs that we sent, received or only saw named, and the ticket that they belong to.
create table channels.message_ids (
    workspace_id uuid not null,
    header_id    text not null,
    ticket_id    uuid not null,
    at           timestamptz not null,
    number       bigint generated always as identity,   -- mails say their time in seconds: this tells which came first
    seen         boolean not null,
    primary key (workspace_id, header_id)
);
create index on channels.message_ids (ticket_id, at);
call platform.wall('channels.message_ids');

-- Everything that has to leave, until it has visibly ended.
create table channels.outbound (
    id           uuid primary key,           -- the reply's message id
    workspace_id uuid not null,
    ticket_id    uuid not null,
    mailbox_id   uuid not null references channels.mailboxes (id),
    header_id    text not null,
    reply_to     text,
    recipient    text not null,
    subject      text not null,
    text         text not null,
    author       text not null,
    references_  text[] not null,
    files        jsonb not null,
    written_at   timestamptz not null,
    state        text not null check (state in ('queued', 'sending', 'sent', 'failed', 'cancelled', 'uncertain')),
    attempts     int not null default 0,
    first_try_at timestamptz
);
create index on channels.outbound (mailbox_id);
call platform.wall('channels.outbound');
