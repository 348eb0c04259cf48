/**
 * The tables, in the order in which they came to be. A migration that was released is
 * never changed; the next one is added below it.
 *
 * Times are epoch seconds. What belongs to a device has keys that begin with the
 * device, so that the same tables can be distributed by it.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table settings (
    name text primary key,
    value jsonb not null
  );

  -- Signed documents as they are served, the newest version of each.
  create table documents (
    name text primary key,
    version bigint not null,
    issued_at bigint not null,
    -- What the document was made from: when this changes, a new version is due.
    covers text not null,
    digest text not null,
    body text not null
  );

  -- Counts what changed in a shard of the status list.
  create table status_shards (
    shard integer primary key,
    changes bigint not null default 0
  );

  -- Every status index that was ever given out: none is given out twice.
  create table status_indices (
    status_index integer primary key,
    sub text not null,
    voided_at bigint
  );

  create table residents (
    sub text primary key,
    name text not null,
    area text not null,
    kind text not null check (kind in ('live', 'printed')),
    colour text not null check (colour in ('green', 'yellow', 'red', 'grey')),
    cause text not null,
    checked_in_at bigint not null,
    status_index integer not null unique references status_indices,
    -- RFC 7638 thumbprint of the key of the phone that shows the live code.
    holder text,
    guardian_name text,
    guardian_relationship text,
    ticket text not null unique,
    -- Which verdict a person of the demo town is there to show.
    scenario text unique
  );
  create index residents_not_green on residents (colour) where colour <> 'green';

  -- Every change of colour with its cause; nothing here is ever changed.
  create table colour_events (
    sub text not null references residents,
    id bigint generated always as identity,
    at bigint not null,
    from_colour text not null,
    to_colour text not null,
    cause text not null,
    device text,
    n bigint,
    primary key (sub, id)
  );

  create table enrolments (
    -- SHA-256 of the token: who reads this table cannot enrol.
    token_digest text primary key,
    post text not null,
    area text not null,
    role text not null check (role in ('checkpoint', 'temperature')),
    expires_at bigint not null,
    used_by text
  );

  create table devices (
    device text primary key,
    x text not null,
    y text not null,
    post text not null,
    area text not null,
    role text not null check (role in ('checkpoint', 'temperature')),
    enrolled_at bigint not null,
    last_seen_at bigint not null,
    barred_at bigint,
    -- Number of the last record that is safe, and the head of the chain after it.
    stored bigint not null default 0,
    head text not null
  );

  create table batches (
    device text not null references devices,
    first bigint not null,
    last bigint not null,
    head text not null,
    receipt text not null,
    received_at bigint not null,
    primary key (device, first, last)
  );

  create table sealed (
    device text not null references devices,
    n bigint not null,
    head text not null,
    body text not null,
    received_at bigint not null,
    -- When it was opened or quarantined.
    opened_at bigint,
    primary key (device, n)
  );
  create index sealed_waiting on sealed (device, n) where opened_at is null;

  create table records (
    device text not null references devices,
    n bigint not null,
    at bigint not null,
    verdict text not null,
    reason text not null,
    sub text,
    body jsonb not null,
    primary key (device, n)
  );
  create index records_at on records (at);

  create table quarantine (
    device text not null references devices,
    n bigint not null,
    reason text not null,
    found_at bigint not null,
    primary key (device, n)
  );

  -- A device, or a copy of its key, said two different things under one number.
  create table alarms (
    device text not null references devices,
    kind text not null,
    first bigint not null,
    last bigint not null,
    head text not null,
    raised_at bigint not null,
    times integer not null default 1,
    primary key (device, kind, first, last, head)
  );
  `,
  `
  -- When the live code last moved to another phone.
  alter table residents add column moved_at bigint;
  `,
];
