create table promotion (
  id uuid primary key,
  name jsonb not null,
  status text not null default 'DRAFT' check (status in ('DRAFT', 'PUBLISHED', 'ARCHIVED')),
  -- The published version of the definition; null before the first publication.
  published_version integer,
  -- The newest version, which a draft edit makes.
  version integer not null default 1,
  usage_limit integer check (usage_limit > 0),
  per_customer_limit integer check (per_customer_limit > 0),
  used integer not null default 0 check (used >= 0),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

create table promotion_version (
  promotion_id uuid not null references promotion,
  version integer not null,
  definition jsonb not null,
  created_at timestamptz(3) not null default now(),
  actor text not null,
  primary key (promotion_id, version)
);

create table coupon (
  id uuid primary key,
  promotion_id uuid not null references promotion,
  code text not null unique check (length(code) between 1 and 64),
  usage_limit integer check (usage_limit > 0),
  used integer not null default 0 check (used >= 0),
  created_at timestamptz(3) not null default now()
);
create index coupon_promotion on coupon (promotion_id);

create table promotion_claim (
  id uuid primary key,
  promotion_id uuid not null references promotion,
  coupon_id uuid references coupon,
  order_id uuid not null,
  customer_key text,
  -- Counts a customer's uses of a promotion from 1: unique, so that two orders at once cannot take the same one.
  ordinal integer not null default 1,
  state text not null check (state in ('USED', 'RELEASED')),
  at timestamptz(3) not null default now(),
  unique (order_id, promotion_id)
);
create unique index promotion_claim_customer on promotion_claim (promotion_id, customer_key, ordinal)
  where state = 'USED' and customer_key is not null;
