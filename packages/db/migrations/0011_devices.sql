create table device_type (
  id uuid primary key,
  code text not null unique,
  name jsonb not null,
  kind text not null check (kind in ('APPLIANCE', 'WEARABLE', 'VEHICLE', 'SPEAKER', 'KIOSK', 'BUTTON'))
);

create table device (
  id uuid primary key,
  device_type_id uuid not null references device_type,
  name text not null,
  customer_id uuid not null references customer,
  channel_id uuid not null references channel,
  -- SHA-256 of a random 256-bit token; the token itself is shown once.
  credential_hash bytea not null,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'REVOKED')),
  -- What the device may spend; null means no purchase at all.
  max_order_minor bigint check (max_order_minor >= 0),
  max_day_minor bigint check (max_day_minor >= 0),
  max_quantity integer not null default 10 check (max_quantity > 0),
  cancel_window_minutes integer not null default 1440 check (cancel_window_minutes between 0 and 43200),
  test boolean not null default false,
  state text not null default 'OFFLINE' check (state in ('ONLINE', 'OFFLINE', 'SLEEP')),
  firmware text,
  seen_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);
create index device_customer on device (customer_id);

create table device_slot (
  device_id uuid not null references device,
  name text not null check (name ~ '^[a-z0-9-]{1,40}$'),
  variant_id uuid not null references variant,
  quantity integer not null default 1 check (quantity > 0),
  primary key (device_id, name)
);

-- What a device has spent on a day (UTC): the counter that keeps a policy exact when two purchases meet.
create table device_spend (
  device_id uuid not null references device,
  day date not null,
  amount_minor bigint not null check (amount_minor >= 0),
  primary key (device_id, day)
);

create table device_reading (
  device_id uuid not null references device,
  name text not null check (length(name) between 1 and 40),
  value double precision not null,
  unit text,
  at timestamptz(3) not null,
  primary key (device_id, name)
);

create table notification (
  id uuid primary key,
  customer_id uuid not null references customer,
  device_id uuid not null references device,
  kind text not null,
  title text not null,
  body text not null,
  data jsonb not null default '{}',
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  acknowledged_at timestamptz(3),
  action text
);
create index notification_device on notification (device_id, created_at desc);
