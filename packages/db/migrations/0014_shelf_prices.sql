-- Work left for the projection of shelf prices: go through all variants, from the last one done. It survives a restart.
create table shelf_price_sweep (
  id bigint generated always as identity primary key,
  after_variant uuid,
  correlation_id text,
  at timestamptz(3) not null default now()
);

-- Until when boundaries in time (a promotion or a price list that starts or ends) have been looked for.
create table shelf_price_clock (
  singleton boolean primary key default true check (singleton),
  done_until timestamptz(3) not null
);

-- Prices that start or end: few, and looked for every minute.
create index price_scheduled on price (variant_id)
  where not (lower_inf(valid) and upper_inf(valid));
