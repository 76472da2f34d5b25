alter table channels.mailboxes
    add column folders      text[] not null default '{INBOX}',
    add column failures     int not null default 0,   -- in a row
    add column next_try_at  timestamptz,
    add column silent_since timestamptz;

-- Access by OAuth 2, for mailboxes that have it. What opens the mailbox is sealed.
create table channels.sign_ins (
    mailbox_id        uuid primary key references channels.mailboxes (id),
    workspace_id      uuid not null,
    provider          text not null check (provider in ('google', 'microsoft', 'other')),
    authorization_url text not null,
    token_url         text not null,
    scope             text not null,
    client_id         text not null,
    client_secret     bytea not null,
    state             bytea,                    -- digest of what the provider must send back
    verifier          bytea,                    -- PKCE (RFC 7636)
    begun_by          uuid,
    begun_at          timestamptz,
    refresh_token     bytea,
    access_token      bytea,
    expires_at        timestamptz,
    signed_in_at      timestamptz,
    refused_at        timestamptz,              -- the provider wants a person to sign in again
    refreshing_until  timestamptz               -- one node at a time asks for a new token
);
create unique index on channels.sign_ins (workspace_id, state) where state is not null;
call platform.wall('channels.sign_ins');

alter table channels.cursors
    add column first_uid         bigint not null default 0,  -- where the mailbox's history begins
    add column highest_modseq    bigint,                     -- RFC 7162; only tells that a look is not needed
    add column behind            bigint not null default 0,  -- listed and not yet stored
    add column oldest_behind_at  timestamptz,
    add column at_source         bigint,
    add column stored            bigint,
    add column shown             bigint,
    add column swept_at          timestamptz;

-- Mails that their server lists and does not give. After some tries each becomes a quarantined item.
create table channels.missing (
    workspace_id uuid not null,
    mailbox_id   uuid not null references channels.mailboxes (id),
    folder       text not null,
    uid_validity bigint not null,
    uid          bigint not null,
    tries        int not null default 0,
    noticed_at   timestamptz not null,
    next_at      timestamptz not null,
    primary key (mailbox_id, folder, uid_validity, uid)
);
create index on channels.missing (mailbox_id, next_at);
call platform.wall('channels.missing');

alter table channels.inbound
    add column folder       text,
    add column uid_validity bigint,
    add column uid          bigint,
    drop constraint inbound_state_check,
    add constraint inbound_state_check check (state in ('received', 'done', 'duplicate', 'failed', 'quarantined'));
create index inbound_place on channels.inbound (mailbox_id, folder, uid_validity, uid) include (state) where uid is not null;
create index inbound_arrivals on channels.inbound (mailbox_id, received_at desc, id desc);
drop index channels.inbound_failed;
create index inbound_troubled on channels.inbound (workspace_id, received_at desc, id desc)
    where state in ('failed', 'quarantined') or unreadable;

-- What happened to a mailbox, the last hundred happenings of each.
create table channels.mailbox_log (
    workspace_id uuid not null,
    mailbox_id   uuid not null references channels.mailboxes (id),
    number       bigint generated always as identity,
    at           timestamptz not null,
    trouble      boolean not null,
    reason       jsonb not null,
    primary key (mailbox_id, number)
);
call platform.wall('channels.mailbox_log');
