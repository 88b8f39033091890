-- The languages that the shop writes its texts in: BCP 47 tags in canonical form; the default is one of them.
alter table shop
  add column locales text[] not null default '{en,es}',
  add column default_locale text not null default 'en';

-- A text in any language it has: what is shown, and sorted by, when it is in none of those asked for.
create function any_text(texts jsonb) returns text
  language sql immutable strict parallel safe
  return (select value from jsonb_each_text(texts) where value <> '' limit 1);

-- A text in all its languages, for searching.
create function all_texts(texts jsonb) returns text
  language sql immutable strict parallel safe
  return (select string_agg(value, E'\n') from jsonb_each_text(texts));

-- contract: on a big shop made by hand before, concurrently; then this does nothing.
create index if not exists product_name_search on product using gin (all_texts(name) gin_trgm_ops);
-- contract: made by hand before on a big shop, like the one above.
create index if not exists product_sorted_en on product ((coalesce(name->>'en', any_text(name)) collate "en-x-icu"), id);
-- contract: as above, the whole of it.
create index if not exists product_sorted_es
  on product ((coalesce(name->>'es', name->>'en', any_text(name)) collate "es-x-icu"), id);
