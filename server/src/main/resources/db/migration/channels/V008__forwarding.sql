-- A mailbox is read by IMAP, or its mail is forwarded to our own SMTP receiver, at an address that nobody can guess.
alter table channels.mailboxes
    add column receives       text not null default 'imap' check (receives in ('imap', 'forwarding')),
    add column forwarding_key text,
    alter column imap_host drop not null,
    alter column imap_port drop not null,
    alter column imap_security drop not null,
    add constraint mailboxes_way_in check (
        receives = 'imap' and imap_host is not null and imap_port is not null and imap_security is not null
        or receives = 'forwarding' and forwarding_key is not null and imap_host is null);
create unique index on channels.mailboxes (forwarding_key);

-- Came straight to an address that everybody knows: anybody may have written what it says about its sender.
alter table channels.inbound add column direct boolean not null default false;
