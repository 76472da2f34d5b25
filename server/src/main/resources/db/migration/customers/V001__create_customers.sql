create table customers.customers (
    id           uuid primary key,
    workspace_id uuid not null,
    name         text not null,
    language     text,
    created_at   timestamptz not null
);
create index on customers.customers (workspace_id, created_at desc);
call platform.wall('customers.customers');

-- An address on a channel, normalised: what recognises a customer. One address belongs to one customer.
create table customers.identities (
    workspace_id uuid not null,
    kind         text not null check (kind in ('email', 'phone')),
    value        text not null,
    customer_id  uuid not null references customers.customers (id),
    primary key (workspace_id, kind, value)
);
create index on customers.identities (customer_id);
call platform.wall('customers.identities');
