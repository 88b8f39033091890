create table cart (
  id uuid primary key,
  customer_id uuid references customer,
  -- SHA-256 of the token that a guest proves the cart with.
  token_hash bytea,
  channel_id uuid not null references channel,
  market_id uuid not null references market,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'PARKED', 'MERGED', 'ORDERED')),
  name text,
  email citext,
  country text,
  address jsonb,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  check (customer_id is not null or token_hash is not null)
);
create unique index cart_one_active on cart (customer_id, market_id)
  where status = 'ACTIVE' and name is null and customer_id is not null;
create index cart_customer on cart (customer_id) where customer_id is not null;
create index cart_token on cart (token_hash) where token_hash is not null;

create table cart_line (
  cart_id uuid not null references cart on delete cascade,
  id uuid not null,
  variant_id uuid not null references variant,
  quantity integer not null check (quantity > 0),
  properties jsonb not null default '{}',
  position bigint generated always as identity,
  primary key (cart_id, id)
);

create table cart_coupon (
  cart_id uuid not null references cart on delete cascade,
  code text not null,
  position bigint generated always as identity,
  primary key (cart_id, code)
);
