create table price_list (
  id uuid primary key,
  code text not null unique,
  name jsonb not null,
  kind text not null check (kind in ('BASE', 'SALE', 'CONTRACT')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The audience; null means everyone.
  market_id uuid references market,
  channel_id uuid references channel,
  customer_group_id uuid references customer_group,
  country text,
  valid tstzrange not null default tstzrange(null, null),
  -- How specific the audience is, computed on write; the highest wins.
  rank smallint not null default 0,
  version integer not null default 1
);

create table price (
  id uuid primary key,
  price_list_id uuid not null references price_list,
  variant_id uuid not null references variant,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null check (amount_minor between 0 and 9007199254740991),
  min_quantity integer not null default 1 check (min_quantity > 0),
  valid tstzrange not null default tstzrange(null, null),
  rank smallint not null,
  exclude using gist (price_list_id with =, variant_id with =, min_quantity with =, valid with &&)
);
create index price_choice on price (variant_id, currency, rank desc, min_quantity desc, amount_minor);

-- What a customer saw on the shelf, append only: the lowest price of the last 30 days (Directive (EU) 2019/2161,
-- art. 6a) is a lookup here.
create table price_history (
  id bigint generated always as identity primary key,
  variant_id uuid not null references variant,
  channel_id uuid not null references channel,
  currency text not null,
  list_minor bigint,
  amount_minor bigint,
  at timestamptz(3) not null
);
create index price_history_latest on price_history (channel_id, variant_id, at desc, id desc);
