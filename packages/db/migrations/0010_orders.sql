create sequence order_number start 100001;

create table "order" (
  id uuid primary key,
  number text not null unique,
  cart_id uuid not null unique references cart,
  customer_id uuid references customer,
  token_hash bytea,
  device_id uuid,
  slot text,
  email citext,
  channel_id uuid not null references channel,
  market_id uuid not null references market,
  status text not null check (status in ('PLACED', 'FULFILLED', 'CANCELLED')),
  test boolean not null default false,
  currency text not null,
  prices_include_tax boolean not null,
  subtotal_minor bigint not null check (subtotal_minor >= 0),
  discount_minor bigint not null check (discount_minor >= 0),
  delivery_minor bigint not null check (delivery_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  total_minor bigint not null check (total_minor >= 0),
  -- [{"ratePpm": n, "netMinor": n, "taxMinor": n}], delivery included: what the invoice shows.
  taxes jsonb not null,
  country text not null,
  address jsonb,
  locale text not null,
  placed_at timestamptz(3) not null,
  cancel_by timestamptz(3) not null,
  fulfilled_at timestamptz(3),
  cancelled_at timestamptz(3),
  version integer not null default 1
);
create index order_newest on "order" (placed_at desc, id desc);
create index order_customer on "order" (customer_id, placed_at desc, id desc) where customer_id is not null;
create index order_token on "order" (token_hash) where token_hash is not null;
create index order_device_slot on "order" (device_id, slot) where device_id is not null and status = 'PLACED';

-- A line is a snapshot: what was bought, under which name, price and tax, whatever the catalogue says later.
create table order_line (
  id uuid primary key,
  order_id uuid not null references "order",
  position integer not null,
  variant_id uuid not null,
  product_id uuid not null,
  sku text not null,
  name text not null,
  variant_name text not null default '',
  image_url text,
  properties jsonb not null default '{}',
  quantity integer not null check (quantity > 0),
  price_id uuid,
  unit_list_minor bigint not null,
  unit_minor bigint not null,
  subtotal_minor bigint not null,
  discount_minor bigint not null check (discount_minor >= 0),
  net_minor bigint not null check (net_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  gross_minor bigint not null check (gross_minor >= 0),
  tax_rate_ppm integer not null,
  unique (order_id, position)
);

create table order_application (
  order_id uuid not null references "order",
  position integer not null,
  promotion_id uuid not null,
  promotion_version integer not null,
  coupon_code text,
  class text not null,
  name text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  -- [{"lineId": uuid, "amountMinor": n}]; their sum is amount_minor.
  allocations jsonb not null,
  primary key (order_id, position)
);
