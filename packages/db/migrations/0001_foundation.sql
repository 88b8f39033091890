create extension if not exists btree_gist;
create extension if not exists citext;
create extension if not exists pg_trgm;

-- Times are timestamptz(3) in every table: a JavaScript Date holds milliseconds, so what is read is what is stored, and
-- a keyset page that continues after a time neither skips nor repeats a row.

-- SHA-256 of each applied migration file: an edit of one that was applied is found, not ignored.
create table migration_checksum (
  name text primary key,
  checksum text not null
);

-- The event log. (tx, id) is the reading order: a reader takes only rows whose transaction is below every running one
-- (pg_snapshot_xmin), so a transaction that commits late is never skipped.
create table event (
  id bigint generated always as identity primary key,
  tx xid8 not null default pg_current_xact_id(),
  aggregate text not null,
  aggregate_id uuid not null,
  seq integer not null check (seq > 0),
  type text not null,
  payload jsonb not null,
  -- Who may hear of it: {"public": true} and/or {"customer": uuid} and/or {"device": uuid}; staff by permission.
  scope jsonb not null default '{}',
  permission text,
  actor text not null,
  channel_id uuid,
  correlation_id text,
  at timestamptz(3) not null default now(),
  unique (aggregate, aggregate_id, seq)
);
create index event_order on event (tx, id);

create table event_consumer (
  name text primary key,
  tx xid8 not null,
  event_id bigint not null,
  updated_at timestamptz(3) not null default now()
);

create table idempotency (
  actor text not null,
  key text not null check (length(key) between 1 and 200),
  operation text not null,
  request_hash bytea not null,
  response jsonb,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  primary key (actor, key)
);
create index idempotency_expiry on idempotency (expires_at);
