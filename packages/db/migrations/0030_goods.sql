-- What kind of goods a variant is: how it reaches the customer, and whether it is counted.
alter table variant
  add column fulfilment text not null default 'PHYSICAL' check (fulfilment in ('PHYSICAL', 'DIGITAL', 'SERVICE')),
  add column track_stock boolean not null default true,
  -- Sold by measure: every quantity is in units of 10^-scale of it. None of them is null, or all are.
  add column measure_unit text,
  add column measure_scale integer check (measure_scale between 0 and 6),
  add column measure_step integer check (measure_step > 0),
  add column measure_minimum integer check (measure_minimum > 0),
  add column measure_maximum integer check (measure_maximum > 0),
  -- What one piece holds, and what its unit price is told for (Directive 98/6/EC): {amount, unit, reference: {amount, unit}}.
  add column content jsonb,
  -- A bundle that costs the sum of its components, less this rate; null: it has prices of its own.
  add column bundle_reduction_ppm integer check (bundle_reduction_ppm between 0 and 1000000);

-- What a bundle is made of. No component is itself a bundle: whoever writes here holds the rows of both.
create table bundle_component (
  bundle_id uuid not null references variant on delete cascade,
  component_id uuid not null references variant,
  quantity integer not null check (quantity > 0),
  position integer not null,
  primary key (bundle_id, component_id),
  check (bundle_id <> component_id)
);
create index bundle_component_component on bundle_component (component_id);

-- What the buyer of a digital variant gets. A file that is no longer given stays for those who bought it.
create table digital_file (
  id uuid primary key,
  variant_id uuid not null references variant on delete cascade,
  name text not null,
  media_type text not null,
  -- One of these: a text as it is, a key in the shop's store of files, an asset.
  body text,
  storage_key text,
  asset_id uuid,
  max_downloads integer not null check (max_downloads > 0),
  days integer not null check (days > 0),
  position integer not null,
  removed_at timestamptz(3),
  check (num_nonnulls(body, storage_key, asset_id) = 1)
);
create index digital_file_variant on digital_file (variant_id) where removed_at is null;

-- What a line of an order says of its goods, as they were.
alter table order_line
  add column fulfilment text not null default 'PHYSICAL',
  -- {"unit": text, "scale": n}
  add column measure jsonb,
  -- [{"variantId": uuid, "sku": text, "name": text, "quantity": n, "measure": …}], for one unit of the line.
  add column components jsonb;

-- The right to download a file, bought with a line of an order.
create table download (
  id uuid primary key,
  order_line_id uuid not null references order_line,
  file_id uuid not null references digital_file,
  name text not null,
  allowed integer not null check (allowed > 0),
  used integer not null default 0 check (used between 0 and allowed),
  expires_at timestamptz(3) not null,
  unique (order_line_id, file_id)
);
