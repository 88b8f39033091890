-- What products of one kind have to say: a type names attributes, which several types may share.
create table product_type (
  id uuid primary key,
  code text not null unique,
  name jsonb not null,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);

create table attribute (
  id uuid primary key,
  code text not null unique,
  name jsonb not null,
  kind text not null check (kind in ('TEXT', 'RICH_TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'CHOICE', 'MULTI_CHOICE',
    'PRODUCT_REFERENCE', 'CATEGORY_REFERENCE', 'FILE', 'COLOR')),
  unit text,
  localized boolean not null default false,
  filterable boolean not null default false,
  -- For those who read the whole catalogue only.
  internal boolean not null default false,
  minimum double precision,
  maximum double precision,
  max_length integer check (max_length > 0),
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  check (minimum <= maximum)
);

create table attribute_choice (
  id uuid primary key,
  attribute_id uuid not null references attribute on delete cascade,
  -- Never changed: values carry it beside the id.
  code text not null,
  name jsonb not null,
  color text,
  position integer not null default 0,
  unique (attribute_id, code)
);

create table product_type_attribute (
  product_type_id uuid not null references product_type on delete cascade,
  attribute_id uuid not null references attribute,
  level text not null check (level in ('PRODUCT', 'VARIANT')),
  required boolean not null default false,
  position integer not null default 0,
  primary key (product_type_id, attribute_id)
);
create index product_type_attribute_attribute on product_type_attribute (attribute_id);

-- One row for each value; several for one attribute only where its kind takes several.
create table attribute_value (
  product_id uuid not null references product on delete cascade,
  -- Null: it is the product's own.
  variant_id uuid references variant on delete cascade,
  owner_id uuid not null generated always as (coalesce(variant_id, product_id)) stored,
  attribute_id uuid not null references attribute,
  position smallint not null default 0,
  choice_id uuid references attribute_choice,
  -- A plain text, an address, a colour, or the code of the choice.
  text_value text,
  -- A text or HTML in several languages.
  texts jsonb,
  number_value double precision,
  boolean_value boolean,
  date_value date,
  ref_product_id uuid references product on delete cascade,
  ref_category_id uuid references category on delete cascade,
  primary key (owner_id, attribute_id, position)
);
-- What the filters of lists ask for; each ends with what they want to know.
create index attribute_value_text on attribute_value (attribute_id, text_value, product_id)
  where text_value is not null and length(text_value) <= 200;
create index attribute_value_number on attribute_value (attribute_id, number_value, product_id)
  where number_value is not null;
create index attribute_value_date on attribute_value (attribute_id, date_value, product_id)
  where date_value is not null;
create index attribute_value_boolean on attribute_value (attribute_id, boolean_value, product_id)
  where boolean_value is not null;
create index attribute_value_ref_product on attribute_value (ref_product_id, attribute_id, product_id)
  where ref_product_id is not null;
create index attribute_value_ref_category on attribute_value (ref_category_id, attribute_id, product_id)
  where ref_category_id is not null;
-- Who has a value of an attribute at all; and what goes with a product, a variant, a choice.
create index attribute_value_attribute on attribute_value (attribute_id, product_id);
create index attribute_value_product on attribute_value (product_id);
create index attribute_value_variant on attribute_value (variant_id) where variant_id is not null;
create index attribute_value_choice on attribute_value (choice_id) where choice_id is not null;

alter table product add column product_type_id uuid references product_type;
-- contract: it is made of no row, since no product has a type yet
create index product_by_type on product (product_type_id, id) where product_type_id is not null;

alter table variant
  -- From then on nobody sees or buys it; carts and orders go on naming it.
  add column archived_at timestamptz(3),
  -- The ids of its option values in order, so that no two variants are the same choice.
  add column option_key text;

-- Of variants that were the same choice before, the first keeps it; the others can still be told apart by their SKU.
with keyed as (
  select variant.id, variant.product_id, variant.position,
    string_agg(chosen.option_value_id::text, ',' order by chosen.option_value_id) as option_key
  from variant join variant_option_value chosen on chosen.variant_id = variant.id
  group by variant.id
), numbered as (
  select id, option_key,
    row_number() over (partition by product_id, option_key order by position, id) as nth
  from keyed
)
update variant set option_key = numbered.option_key
from numbered where numbered.id = variant.id and numbered.nth = 1;

-- contract: the columns are new, so it holds what the statement above has written; it must be there before new variants
create unique index variant_combination on variant (product_id, option_key)
  where option_key is not null and archived_at is null;
