create table location (
  id uuid primary key,
  code text not null unique,
  name jsonb not null,
  kind text not null check (kind in ('WAREHOUSE', 'STORE')),
  country text not null,
  city text not null default '',
  latitude double precision,
  longitude double precision,
  opening_hours jsonb not null default '[]',
  priority integer not null default 0,
  active boolean not null default true,
  version integer not null default 1
);

create table location_channel (
  location_id uuid not null references location,
  channel_id uuid not null references channel,
  primary key (channel_id, location_id)
);

create table stock (
  location_id uuid not null references location,
  variant_id uuid not null references variant,
  on_hand integer not null default 0 check (on_hand >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  safety integer not null default 0 check (safety >= 0),
  updated_at timestamptz(3) not null default now(),
  primary key (variant_id, location_id),
  check (reserved <= on_hand)
);

-- The ledger: every change of stock, once per cause.
create table movement (
  id uuid primary key,
  location_id uuid not null references location,
  variant_id uuid not null references variant,
  kind text not null check (kind in ('SET', 'ADJUST', 'RESERVE', 'RELEASE', 'SHIP')),
  on_hand_delta integer not null,
  reserved_delta integer not null,
  cause text not null,
  cause_id uuid not null,
  actor text not null,
  at timestamptz(3) not null default now(),
  unique (cause, cause_id, kind, location_id, variant_id)
);
create index movement_variant on movement (variant_id, id desc);
