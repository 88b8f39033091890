-- How a market reckons: what its weekly windows are told by, how promotions meet, and where tax is rounded.
alter table market
  add column time_zone text not null default 'UTC',
  add column stacking text not null default 'STACK',
  add column tax_per text not null default 'LINE';
alter table market
  add constraint market_stacking check (stacking in ('STACK', 'BEST_DEAL')) not valid,
  add constraint market_tax_per check (tax_per in ('LINE', 'UNIT', 'ORDER')) not valid;

-- What a promotion may take off in all, by currency. Counted by conditional update, so it is never overspent.
create table promotion_budget (
  promotion_id uuid not null references promotion,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null check (amount_minor between 1 and 9007199254740991),
  spent_minor bigint not null default 0 check (spent_minor between 0 and 9007199254740991),
  primary key (promotion_id, currency)
);

-- Codes made by the thousand. A worker makes them in chunks until `made` is `count`; killed, it goes on from there.
create table coupon_batch (
  id uuid primary key,
  promotion_id uuid not null references promotion,
  name text not null check (length(name) between 1 and 200),
  prefix text not null default '',
  pattern text not null,
  alphabet text not null check (alphabet in ('MIXED', 'DIGITS')),
  count integer not null check (count between 1 and 1000000),
  made integer not null default 0 check (made between 0 and count),
  usage_limit integer check (usage_limit > 0),
  per_customer_limit integer check (per_customer_limit > 0),
  expires_at timestamptz(3),
  disabled_at timestamptz(3),
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  actor text not null
);
create index coupon_batch_promotion on coupon_batch (promotion_id, created_at desc, id desc);
create index coupon_batch_unfinished on coupon_batch (created_at, id) where finished_at is null;

alter table coupon
  add column batch_id uuid references coupon_batch,
  add column per_customer_limit integer check (per_customer_limit > 0),
  add column expires_at timestamptz(3),
  add column disabled_at timestamptz(3);
-- contract: few codes are there before batches are
create index coupon_batch_codes on coupon (batch_id, code) where batch_id is not null;

-- A use that is held for a cart until it expires by itself; it counts like one that is used up. `order_id` is null then.
alter table promotion_claim
  alter column order_id drop not null,
  add column cart_id uuid references cart,
  add column expires_at timestamptz(3),
  add column amount_minor bigint,
  add column currency text;
alter table promotion_claim drop constraint promotion_claim_state_check;
alter table promotion_claim
  add constraint promotion_claim_state_check check (state in ('HELD', 'USED', 'RELEASED')) not valid,
  add constraint promotion_claim_held check (
    (state = 'HELD') = (order_id is null) and (state <> 'HELD' or (cart_id is not null and expires_at is not null))
  ) not valid;
-- contract: nothing is held yet, so both are made of no row
create unique index promotion_claim_held_cart on promotion_claim (cart_id) where state = 'HELD';
-- contract: nothing is held yet, so it is made of no row
create index promotion_claim_held on promotion_claim (promotion_id, expires_at) where state = 'HELD';
-- contract: nothing is held yet, so it is made of no row
create index promotion_claim_holder on promotion_claim (customer_key) where state = 'HELD';

-- A promotion offered to one customer or device: looked at by them alone, until it expires or is used up.
create table promotion_offer (
  id uuid primary key,
  promotion_id uuid not null references promotion,
  customer_id uuid references customer,
  device_id uuid references device,
  note text not null default '' check (length(note) <= 500),
  usage_limit integer not null default 1 check (usage_limit > 0),
  used integer not null default 0 check (used >= 0),
  starts_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  created_at timestamptz(3) not null,
  actor text not null,
  check ((customer_id is null) <> (device_id is null)),
  check (starts_at < expires_at)
);
create index promotion_offer_customer on promotion_offer (customer_id, expires_at) where customer_id is not null;
create index promotion_offer_device on promotion_offer (device_id, expires_at) where device_id is not null;
create index promotion_offer_promotion on promotion_offer (promotion_id, created_at desc, id desc);
alter table promotion_claim add column offer_id uuid references promotion_offer;

-- What promotions look at in a cart beside its lines.
alter table cart
  add column payment_method text,
  add column delivery_method text,
  add column latitude double precision,
  add column longitude double precision;

alter table "order"
  add column points bigint not null default 0,
  add column payment_method text,
  add column delivery_method text,
  -- [{"promotionId": uuid, "sku": text, "quantity": n}]: promised, but there was none left.
  add column missed_gifts jsonb not null default '[]';
alter table order_line add column gift boolean not null default false;
alter table order_application add column points bigint not null default 0;

-- What a variant costs the shop itself, for margins; never shown to shoppers.
create table variant_cost (
  variant_id uuid not null references variant,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null check (amount_minor between 0 and 9007199254740991),
  updated_at timestamptz(3) not null,
  primary key (variant_id, currency)
);

-- A draft over the carts and orders of some days, before anybody sees it. A worker goes through them in batches.
create table promotion_simulation (
  id uuid primary key,
  promotion_id uuid references promotion,
  definition jsonb not null,
  days integer not null check (days between 1 and 366),
  channel_ids uuid[] not null,
  max_orders integer not null check (max_orders between 1 and 1000000),
  state text not null default 'QUEUED' check (state in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  since timestamptz(3) not null,
  until timestamptz(3) not null,
  done integer not null default 0,
  total integer,
  result jsonb,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  claimed_until timestamptz(3),
  actor text not null
);
create index promotion_simulation_newest on promotion_simulation (created_at desc, id desc);
create index promotion_simulation_unfinished on promotion_simulation (created_at, id) where state in ('QUEUED', 'RUNNING');
