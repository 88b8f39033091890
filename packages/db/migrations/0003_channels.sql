create table market (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9-]{1,40}$'),
  name jsonb not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  prices_include_tax boolean not null,
  countries text[] not null check (cardinality(countries) > 0),
  default_locale text not null default 'en',
  delivery_minor bigint not null default 0 check (delivery_minor >= 0),
  version integer not null default 1
);

create table tax_rate (
  id uuid primary key,
  market_id uuid not null references market,
  country text not null check (country ~ '^[A-Z]{2}$'),
  tax_class text not null check (tax_class in ('STANDARD', 'REDUCED', 'ZERO')),
  rate_ppm integer not null check (rate_ppm between 0 and 1000000),
  unique (market_id, country, tax_class)
);

create table channel (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9-]{1,40}$'),
  name jsonb not null,
  kind text not null check (kind in ('WEB','MOBILE_APP','STORE','SOCIAL','MARKETPLACE','CHAT','VOICE','DEVICE','VEHICLE')),
  market_id uuid not null references market,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);

-- One row: the shop's own name and the code that stands in its MQTT topics.
create table shop (
  singleton boolean primary key default true check (singleton),
  code text not null check (code ~ '^[a-z0-9-]{1,40}$'),
  name text not null,
  default_channel_id uuid references channel
);
