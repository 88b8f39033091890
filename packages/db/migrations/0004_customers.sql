create table customer (
  id uuid primary key,
  name text not null,
  locale text not null default 'en',
  password_hash text,
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);

create table identity (
  customer_id uuid not null references customer,
  kind text not null check (kind in ('EMAIL', 'PHONE', 'CARD', 'SOCIAL')),
  value citext not null,
  verified_at timestamptz(3),
  primary key (kind, value)
);
create index identity_customer on identity (customer_id);

create table customer_group (
  id uuid primary key,
  code text not null unique,
  name jsonb not null
);

create table customer_group_member (
  customer_group_id uuid not null references customer_group,
  customer_id uuid not null references customer,
  primary key (customer_id, customer_group_id)
);

create table consent (
  customer_id uuid not null references customer,
  purpose text not null check (purpose in ('DEVICE_PURCHASE', 'MARKETING')),
  given_at timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  primary key (customer_id, purpose)
);
