-- A reply goes to several addresses, each with a result of its own, and may wait for a day that its writer chose.
alter table tickets.messages
    add column bcc_addresses       text[] not null default '{}',
    add column signature           text not null default '',
    add column scheduled_at        timestamptz,
    add column delivery_recipients jsonb,
    drop constraint messages_delivery_check,
    add constraint messages_delivery_check
        check (delivery in ('queued', 'held', 'sending', 'sent', 'failed', 'cancelled', 'uncertain'));
create index messages_scheduled on tickets.messages (ticket_id) where scheduled_at is not null and delivery = 'queued';

-- Prepared texts with variables.
create table tickets.templates (
    id           uuid primary key,
    workspace_id uuid not null,
    name         text not null,
    subject      text,
    text         text not null,
    language     text,
    sort         int not null default 0
);
create unique index on tickets.templates (workspace_id, lower(name));
call platform.wall('tickets.templates');
