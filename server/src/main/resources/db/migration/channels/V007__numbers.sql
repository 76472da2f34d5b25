-- A short name for what leaves: it goes, signed, into the address where what could not be delivered comes back.
alter table channels.outbound add column number bigint generated always as identity;
create unique index outbound_number on channels.outbound (workspace_id, number);
