create table orders.shops (
    id           uuid primary key,
    workspace_id uuid not null,
    kind         text not null check (kind in ('woocommerce', 'generic')),
    name         text not null check (length(name) between 1 and 120),
    url          text,
    credentials  bytea,              -- sealed: key and secret of the shop's API
    hook_secret  bytea,              -- sealed: signs the shop's webhooks
    state        text not null default 'connected' check (state in ('connected', 'syncing', 'failing')),
    problem      text,               -- key of the sentence in texts/problems
    synced_until timestamptz,        -- orders changed up to here are ours
    synced_at    timestamptz,
    created_at   timestamptz not null,
    removed_at   timestamptz
);
create index on orders.shops (workspace_id);
call platform.wall('orders.shops');

create table orders.orders (
    id             uuid primary key,
    workspace_id   uuid not null,
    shop_id        uuid not null references orders.shops (id),
    external_id    text not null,
    number         text not null,
    number_key     text not null,    -- upper case, letters and digits only: what people's spellings have in common
    status         text not null,
    placed_at      timestamptz not null,
    changed_at     timestamptz not null,
    currency       text not null,
    total          numeric not null,
    refunded       numeric,
    payment        text,
    url            text,
    customer_name  text not null,
    email_key      text,
    phone_key      text,
    email          text,
    phone          text,
    address        text,
    lines          jsonb not null,
    shipments      jsonb not null,
    unique (workspace_id, shop_id, external_id)
);
create index on orders.orders (workspace_id, number_key);
create index on orders.orders (workspace_id, email_key, placed_at desc);
create index on orders.orders (workspace_id, phone_key) where phone_key is not null;
call platform.wall('orders.orders');
