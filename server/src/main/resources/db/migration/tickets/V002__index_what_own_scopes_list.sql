-- People of providers and freelancers see their own tickets and their teams', done ones too: their lists walk these.
create index tickets_own_assignee on tickets.tickets (workspace_id, assignee_id, last_message_at desc, id desc)
    where assignee_id is not null;
create index tickets_own_team on tickets.tickets (workspace_id, team_id, last_message_at desc, id desc)
    where team_id is not null;
