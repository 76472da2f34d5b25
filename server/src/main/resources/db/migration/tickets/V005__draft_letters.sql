-- To whom, as whom and when a draft would go; absent while all of that is the usual.
alter table tickets.drafts add column letter jsonb;
