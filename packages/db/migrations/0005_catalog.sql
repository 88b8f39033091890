create table category (
  id uuid primary key,
  parent_id uuid references category,
  slug text not null unique,
  name jsonb not null,
  position integer not null default 0,
  version integer not null default 1
);
create index category_parent on category (parent_id);

create table product (
  id uuid primary key,
  slug text not null unique,
  name jsonb not null,
  description jsonb not null default '{}',
  tax_class text not null default 'STANDARD' check (tax_class in ('STANDARD', 'REDUCED', 'ZERO')),
  status text not null default 'PUBLISHED' check (status in ('DRAFT', 'PUBLISHED', 'ARCHIVED')),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- A product is seen in the channels listed here, and in no other.
create table product_channel (
  product_id uuid not null references product,
  channel_id uuid not null references channel,
  primary key (channel_id, product_id)
);
create index product_channel_product on product_channel (product_id);

create table product_category (
  product_id uuid not null references product,
  category_id uuid not null references category,
  primary key (category_id, product_id)
);
create index product_category_product on product_category (product_id);

create table image (
  id uuid primary key,
  product_id uuid not null references product,
  url text not null,
  alt jsonb not null default '{}',
  position integer not null default 0
);
create index image_product on image (product_id, position);

create table option (
  id uuid primary key,
  product_id uuid not null references product,
  code text not null,
  name jsonb not null,
  position integer not null default 0,
  unique (product_id, code)
);

create table option_value (
  id uuid primary key,
  option_id uuid not null references option,
  code text not null,
  name jsonb not null,
  position integer not null default 0,
  unique (option_id, code)
);

create table variant (
  id uuid primary key,
  product_id uuid not null references product,
  sku text not null unique check (length(sku) between 1 and 64),
  name jsonb not null default '{}',
  position integer not null default 0,
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);
create index variant_product on variant (product_id, position);

create table variant_option_value (
  variant_id uuid not null references variant,
  option_value_id uuid not null references option_value,
  primary key (variant_id, option_value_id)
);
create index variant_option_value_value on variant_option_value (option_value_id);
