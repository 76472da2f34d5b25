-- What the mailbox tells whoever writes first; nothing when it is absent.
alter table channels.mailboxes add column acknowledgement text;

-- Every mail that might be acknowledged, and what was decided: the loop guard counts these.
create table channels.acknowledgements (
    id           uuid primary key,
    workspace_id uuid not null,
    ticket_id    uuid not null,
    address      text not null,
    domain       text not null,
    at           timestamptz not null,
    withheld     jsonb
);
create index on channels.acknowledgements (workspace_id, address, at);
create index on channels.acknowledgements (workspace_id, at) where withheld is null;
call platform.wall('channels.acknowledgements');
