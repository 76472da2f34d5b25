-- The servers (authserv-id, RFC 8601) whose word about a mail's sender counts for this mailbox.
alter table channels.mailboxes add column trusted_servers text[] not null default '{}';
create index outbound_header on channels.outbound (workspace_id, header_id);
