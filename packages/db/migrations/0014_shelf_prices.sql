-- Variants whose shelf prices may have changed: the projection takes them in batches and works them out again.
create table shelf_price_due (
  variant_id uuid primary key
);

-- Until when boundaries in time (a promotion or a price list that starts or ends) have been looked for.
create table shelf_price_clock (
  singleton boolean primary key default true check (singleton),
  done_until timestamptz(3) not null
);

-- Prices that start or end: few, and looked for every minute.
create index price_scheduled on price (variant_id)
  where not (lower_inf(valid) and upper_inf(valid));
