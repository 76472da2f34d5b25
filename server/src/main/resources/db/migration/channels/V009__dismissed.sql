-- A person has dealt with it: it waits for nobody any more, and stays with its source.
alter table channels.inbound add column dismissed_at timestamptz;
