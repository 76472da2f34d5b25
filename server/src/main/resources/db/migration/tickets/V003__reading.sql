-- What was found out about a message beyond its words, and the part of it that was written now.
alter table tickets.messages
    add column reply_text        text,
    add column reply_html        text,
    add column reply_html_height int,
    add column answers_to        text,      -- where an answer would go, when that is not the sender
    add column also_to           text[] not null default '{}',
    add column stranger          boolean not null default false,
    add column facts             jsonb;

-- The sender of a new conversation is not who it says: orders and history wait until a person looks.
alter table tickets.tickets add column doubtful boolean not null default false;

-- Who wrote in a conversation without being its customer. Nobody joins by themselves.
create table tickets.participants (
    workspace_id uuid not null,
    ticket_id    uuid not null references tickets.tickets (id),
    address      text not null,
    confirmed_at timestamptz,
    since        timestamptz not null,
    primary key (ticket_id, address)
);
call platform.wall('tickets.participants');
