-- The price that was quoted for a line, as its token said: it is asked until it expires.
alter table cart_line add column quote jsonb;

-- What staff want to cost the same in several places, looked at by the worker when prices may have changed.
create table parity_watch (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  -- What is compared, where, and what is expected of it.
  asked jsonb not null,
  channel_ids uuid[] not null check (cardinality(channel_ids) between 1 and 50),
  state text not null default 'NEW' check (state in ('NEW', 'HOLDS', 'BROKEN')),
  -- The first differences found, and how many there are in all.
  findings jsonb not null default '[]',
  finding_count integer not null default 0 check (finding_count >= 0),
  checked_at timestamptz(3),
  due_at timestamptz(3) not null,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index parity_watch_due on parity_watch (due_at, id);
create index parity_watch_page on parity_watch (created_at desc, id desc);
