-- From when and until when a product is seen in a channel; null on either side is open. Seen exactly from
-- `published_from` on and no longer at `published_until`.
alter table product_channel
  add column published_from timestamptz(3),
  add column published_until timestamptz(3);
alter table product_channel
  add constraint product_channel_period check (published_from < published_until) not valid;
-- contract: both are made of no row, since nothing is scheduled yet
create index product_channel_begins on product_channel (published_from) where published_from is not null;
-- contract: both are made of no row, since nothing is scheduled yet
create index product_channel_ends on product_channel (published_until) where published_until is not null;

-- Products shown together: put there by hand, or by a rule (a JSON tree) that is kept up with every change.
create table collection (
  id uuid primary key,
  slug text not null unique,
  name jsonb not null,
  description jsonb not null default '{}',
  -- Null: by hand.
  rule jsonb,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);

create table collection_channel (
  collection_id uuid not null references collection on delete cascade,
  channel_id uuid not null references channel,
  published_from timestamptz(3),
  published_until timestamptz(3),
  primary key (collection_id, channel_id),
  check (published_from < published_until)
);
create index collection_channel_begins on collection_channel (published_from) where published_from is not null;
create index collection_channel_ends on collection_channel (published_until) where published_until is not null;

-- Who is in, by hand and by rule alike.
create table collection_product (
  collection_id uuid not null references collection on delete cascade,
  product_id uuid not null references product,
  -- 0 is pinned: before all others.
  tier smallint not null default 1 check (tier in (0, 1)),
  -- With gaps, so that a product moves without the others.
  position bigint not null,
  primary key (collection_id, product_id)
);
create index collection_product_product on collection_product (product_id);
create index collection_product_order on collection_product (collection_id, tier, position, product_id);

-- Until when boundaries in time (publications, products that grow too old for a rule) have been looked for.
create table catalog_clock (
  singleton boolean primary key default true check (singleton),
  done_until timestamptz(3) not null
);
