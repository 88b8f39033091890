-- Names that other systems have for things of the shop.
create table external_key (
  kind text not null check (kind in ('PRODUCT', 'VARIANT', 'CUSTOMER', 'PROMOTION')),
  system text not null,
  key text not null,
  id uuid not null,
  primary key (kind, system, key)
);
create unique index external_key_id on external_key (kind, system, id);

-- Imports and exports. `position` and `cursor` say how far one has come: they are written in the transaction of the work.
create table bulk_job (
  id uuid primary key,
  direction text not null check (direction in ('IMPORT', 'EXPORT')),
  kind text not null check (kind in ('PRODUCTS', 'PRICES', 'STOCK', 'CUSTOMERS', 'PROMOTIONS')),
  format text not null check (format in ('CSV', 'JSONL')),
  state text not null check (state in ('UPLOADING', 'QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  settings jsonb not null,
  actor_key text not null,
  actor jsonb not null,
  channel_id uuid not null references channel,
  secret bytea not null,
  bytes bigint not null default 0,
  position bigint not null default 0,
  cursor jsonb,
  records bigint not null default 0,
  created bigint not null default 0,
  updated bigint not null default 0,
  unchanged bigint not null default 0,
  refused bigint not null default 0,
  warnings jsonb not null default '[]',
  problem jsonb,
  worker uuid,
  lease_until timestamptz(3),
  turn_at timestamptz(3) not null,
  told_at timestamptz(3),
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  finished_at timestamptz(3)
);
create index bulk_job_waiting on bulk_job (turn_at) where state in ('QUEUED', 'RUNNING');
create index bulk_job_open on bulk_job (created_at) where state in ('UPLOADING', 'QUEUED', 'RUNNING');
create index bulk_job_finished on bulk_job (finished_at) where finished_at is not null;

-- The file of a job in pieces, each packed by itself, found by the offset of its first byte.
create table bulk_chunk (
  job_id uuid not null references bulk_job on delete cascade,
  start bigint not null,
  length integer not null check (length > 0),
  body bytea not null,
  primary key (job_id, start)
);
alter table bulk_chunk alter column body set storage external;

-- Why rows were refused, the first of each job.
create table bulk_refusal (
  job_id uuid not null references bulk_job on delete cascade,
  number integer not null,
  line bigint not null,
  record text,
  path text not null,
  code text not null,
  data jsonb not null,
  primary key (job_id, number)
);
