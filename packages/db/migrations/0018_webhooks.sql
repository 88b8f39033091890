create table webhook_endpoint (
  id uuid primary key,
  url text not null check (length(url) <= 2000),
  description text not null default '' check (length(description) <= 200),
  -- Names of what it is told, or patterns of them: {order.placed, product.*}.
  event_types text[] not null,
  -- Only what happens in these channels; null for all.
  channel_ids uuid[],
  active boolean not null default true,
  -- Why the shop stopped by itself: the receiver answered 410, or failed for days.
  disabled_reason text check (disabled_reason in ('GONE', 'FAILING')),
  disabled_at timestamptz(3),
  -- Sealed with the key of the shop (AES-256-GCM); during a rotation both sign.
  secret bytea not null,
  previous_secret bytea,
  previous_secret_until timestamptz(3),
  -- Since when nothing has arrived any more; null while it does.
  failing_since timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

create table webhook_delivery (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoint (id) on delete cascade,
  event_id bigint not null,
  event_type text not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED', 'DISABLED')),
  attempts integer not null default 0,
  -- When it is due; while somebody sends it, when another may take it over.
  next_attempt_at timestamptz(3),
  last_attempt_at timestamptz(3),
  last_status integer,
  last_error text check (length(last_error) <= 200),
  last_response text check (length(last_response) <= 1024),
  duration_ms integer,
  created_at timestamptz(3) not null default now(),
  unique (endpoint_id, event_id)
);
create index webhook_delivery_due on webhook_delivery (endpoint_id, next_attempt_at, id) where state = 'PENDING';
create index webhook_delivery_list on webhook_delivery (endpoint_id, created_at, id);
create index webhook_delivery_age on webhook_delivery (created_at);
