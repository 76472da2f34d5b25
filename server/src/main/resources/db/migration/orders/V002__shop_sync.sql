alter table orders.shops
    add column sync_next     text,                     -- where an unfinished round of fetching goes on
    add column sync_asked_at timestamptz,              -- somebody asked for a round: a person or the shop's webhook
    add column sync_failures int not null default 0;   -- in a row
