-- What mail servers and mailbox providers reported about an address: mail to it came back, or its owner complained.
alter table customers.identities
    add column undeliverable_since timestamptz,
    add column undeliverable_because text,
    add column complained_at timestamptz;
