-- As whom a mailbox sends: its aliases and the names of its brands.
create table channels.senders (
    id           uuid primary key,
    workspace_id uuid not null,
    mailbox_id   uuid not null references channels.mailboxes (id),
    address      text not null,
    name         text not null,
    signature    text not null default '',
    usual        boolean not null default false,
    created_at   timestamptz not null
);
create unique index on channels.senders (mailbox_id, address, lower(name));
create unique index senders_usual on channels.senders (mailbox_id) where usual;
call platform.wall('channels.senders');

-- What the outgoing server said it takes at most (SIZE, RFC 1870); absent while it said nothing.
create table channels.outgoing_limits (
    mailbox_id   uuid primary key references channels.mailboxes (id),
    workspace_id uuid not null,
    largest      bigint,
    learned_at   timestamptz not null
);
call platform.wall('channels.outgoing_limits');

alter table channels.outbound
    add column from_address text,
    add column from_name    text,
    add column signature    text not null default '',
    add column nature       text not null default 'personal' check (nature in ('personal', 'automatic')),
    drop constraint outbound_state_check,
    add constraint outbound_state_check
        check (state in ('queued', 'held', 'sending', 'sent', 'failed', 'cancelled', 'uncertain'));

-- How far a mail has come to each of its addresses: whoever has it is never sent it again.
create table channels.outbound_recipients (
    workspace_id uuid not null,
    outbound_id  uuid not null references channels.outbound (id),
    place        int not null,
    kind         text not null check (kind in ('to', 'cc', 'bcc')),
    address      text not null,
    state        text not null check (state in ('queued', 'sent', 'failed', 'uncertain')),
    words        text,
    primary key (outbound_id, place)
);
call platform.wall('channels.outbound_recipients');

alter table channels.mailboxes no force row level security;
alter table channels.outbound no force row level security;
alter table channels.outbound_recipients no force row level security;
update channels.outbound o set from_name = o.author, from_address =
    (select m.address from channels.mailboxes m where m.id = o.mailbox_id);
insert into channels.outbound_recipients (workspace_id, outbound_id, place, kind, address, state)
select workspace_id, id, 0, 'to', recipient,
       case state when 'sent' then 'sent' when 'uncertain' then 'uncertain' when 'failed' then 'failed' else 'queued' end
from channels.outbound;
alter table channels.mailboxes force row level security;
alter table channels.outbound force row level security;
alter table channels.outbound_recipients force row level security;
alter table channels.outbound drop column recipient, drop column author,
    alter column from_address set not null, alter column from_name set not null;

-- Signs what a domain sends (DKIM, RFC 6376). The private half is sealed.
create table channels.signing_keys (
    id           uuid primary key,
    workspace_id uuid not null,
    domain       text not null,
    selector     text not null,
    algorithm    text not null check (algorithm in ('rsa', 'ed25519')),
    private_key  bytea not null,
    public_key   bytea not null,
    active       boolean not null default false,
    created_at   timestamptz not null
);
create unique index on channels.signing_keys (workspace_id, domain, algorithm);
call platform.wall('channels.signing_keys');
