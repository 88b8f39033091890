-- What search engines and social networks are told: {title, description: texts by language, noIndex, canonicalUrl, imageUrl}.
alter table product
  add column seo jsonb not null default '{}',
  -- The number of the newest row in product_version; counted under the lock of this row.
  add column content_version integer not null default 0;
alter table category add column seo jsonb not null default '{}';
alter table collection add column seo jsonb not null default '{}';

-- Slugs that something had before. They name the thing, not its slug of today: chains and cycles cannot be.
create table slug_redirect (
  kind text not null check (kind in ('product', 'category', 'collection')),
  slug text not null,
  target_id uuid not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  primary key (kind, slug)
);
create index slug_redirect_target on slug_redirect (kind, target_id, created_at);

-- A trigger, so that no way of writing can forget it: staff, imports, drafts, restores.
create function keep_slug() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from slug_redirect where kind = tg_table_name and target_id = old.id;
    return old;
  end if;
  -- A slug in use redirects nowhere else.
  delete from slug_redirect where kind = tg_table_name and slug = new.slug;
  if tg_op = 'UPDATE' then
    insert into slug_redirect (kind, slug, target_id) values (tg_table_name, old.slug, new.id)
      on conflict (kind, slug) do update set target_id = excluded.target_id, created_at = excluded.created_at;
    delete from slug_redirect where kind = tg_table_name and slug in (
      select slug from slug_redirect where kind = tg_table_name and target_id = new.id
      order by created_at desc offset 100);
  end if;
  return new;
end $$;
create trigger product_slug_kept after insert or delete on product for each row execute function keep_slug();
create trigger product_slug_changed after update of slug on product
  for each row when (old.slug <> new.slug) execute function keep_slug();
create trigger category_slug_kept after insert or delete on category for each row execute function keep_slug();
create trigger category_slug_changed after update of slug on category
  for each row when (old.slug <> new.slug) execute function keep_slug();
create trigger collection_slug_kept after insert or delete on collection for each row execute function keep_slug();
create trigger collection_slug_changed after update of slug on collection
  for each row when (old.slug <> new.slug) execute function keep_slug();

-- The content of a product after each change of it, the newest 200.
create table product_version (
  product_id uuid not null references product on delete cascade,
  number integer not null check (number > 0),
  content jsonb not null,
  actor text not null,
  at timestamptz(3) not null,
  primary key (product_id, number)
);

-- What is going to change of a product: fields of its content; one draft for each product.
create table product_draft (
  product_id uuid primary key references product on delete cascade,
  -- The version that it was made from.
  base integer not null,
  change jsonb not null,
  publish_at timestamptz(3),
  -- Why it could not be published when its time came: the code of a refusal.
  failed text,
  version integer not null default 1,
  actor text not null,
  updated_at timestamptz(3) not null
);
create index product_draft_due on product_draft (publish_at) where publish_at is not null and failed is null;

create table product_relation (
  product_id uuid not null references product on delete cascade,
  kind text not null check (kind in ('CROSS_SELL', 'UP_SELL', 'ACCESSORY', 'SIMILAR', 'SPARE_PART')),
  related_id uuid not null references product on delete cascade,
  position integer not null,
  primary key (product_id, kind, related_id),
  check (product_id <> related_id)
);
create index product_relation_related on product_relation (related_id);

create table barcode (
  -- What codes are compared by: the 14 digits of a GTIN, whatever it was printed as; other codes as they are.
  key text primary key check (length(key) between 1 and 200),
  variant_id uuid not null references variant on delete cascade,
  kind text not null check (kind in ('EAN_8', 'EAN_13', 'UPC_A', 'UPC_E', 'GTIN_14', 'CODE_128', 'QR')),
  code text not null,
  position integer not null
);
create index barcode_variant on barcode (variant_id, position);
