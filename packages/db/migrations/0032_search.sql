create extension if not exists unaccent;

-- For each language that Postgres knows one that also does without accents: `hilo_english`, `hilo_spanish`, `hilo_simple`…
do $$
declare language text;
begin
  for language in select cfgname from pg_ts_config where cfgnamespace = 'pg_catalog'::regnamespace loop
    execute format('create text search configuration hilo_%s (copy = pg_catalog.%I)', language, language);
    execute format('alter text search configuration hilo_%s alter mapping for word, hword, hword_part with unaccent, %I',
      language, case when language = 'simple' then 'simple' else language || '_stem' end);
  end loop;
end $$;

-- What a product is counted by and filtered with, as numbers: 'category' and its id, 'attribute:color' and 'red'.
create table search_tag (
  id integer generated always as identity primary key,
  facet text not null,
  value text not null,
  label jsonb not null default '{}',
  unique (facet, value)
);

-- What the search knows of a product in one language; made from the catalogue by the projection, never by hand. Rows are
-- kept narrow, with the words beside them, so that many can be counted and sorted without reading any word.
create table search_document (
  locale text not null,
  product_id uuid not null,
  created_at timestamptz(3) not null,
  name text not null,
  -- As it is compared: small letters, no accents.
  name_key text not null,
  tags integer[] not null,
  terms tsvector not null,
  -- Each word once, as `search_word` counts it.
  words text[] not null,
  primary key (locale, product_id)
) with (toast_tuple_target = 256);
create index search_document_found on search_document using gin (terms, tags) with (fastupdate = off);
create index search_document_product on search_document (product_id);
create index search_document_newest on search_document (locale, created_at, product_id);
create index search_document_named on search_document (locale, (name collate "und-x-icu"), product_id);
create index search_document_named_es on search_document (locale, (name collate "es-x-icu"), product_id)
  where locale = 'es';
create index search_document_like on search_document using gin (name_key gin_trgm_ops) with (fastupdate = off);

-- What a product is in a channel: when it is seen, what its cheapest variant costs there, whether one can be had.
create table search_offer (
  channel_id uuid not null,
  product_id uuid not null,
  published_from timestamptz(3),
  published_until timestamptz(3),
  amount_minor bigint,
  available boolean not null,
  primary key (channel_id, product_id)
);
create index search_offer_product on search_offer (product_id);
-- What has no price comes last either way.
create index search_offer_cheap on search_offer (channel_id, coalesce(amount_minor, 9223372036854775807), product_id);
create index search_offer_dear on search_offer (channel_id, coalesce(amount_minor, -1), product_id);

-- Numbers and days (as days since 1970) that products say of an attribute: what ranges and sorting ask for.
create table search_number (
  attribute text not null,
  value double precision not null,
  product_id uuid not null,
  primary key (attribute, value, product_id)
);
create index search_number_product on search_number (product_id, attribute);

-- The words of all documents, for completing and correcting what people type.
create table search_word (
  locale text not null,
  word text not null,
  stem text not null,
  documents integer not null,
  primary key (locale, word)
);
create index search_word_begins on search_word (locale, word text_pattern_ops);
create index search_word_stem on search_word (locale, stem);
create index search_word_like on search_word using gin (word gin_trgm_ops);

create table search_synonym (
  id uuid primary key,
  -- A language; its regional ones take part.
  locale text not null,
  kind text not null check (kind in ('TWO_WAY', 'ONE_WAY')),
  -- TWO_WAY: all mean the same. ONE_WAY: who looks for one of these also finds the replacements.
  terms text[] not null,
  replacements text[] not null default '{}',
  -- The terms as queries are compared with them.
  keys text[] not null,
  version integer not null default 1,
  updated_at timestamptz(3) not null
);
create index search_synonym_keys on search_synonym using gin (keys);
create index search_synonym_listed on search_synonym (locale, id);

-- Products whose documents may be out of date. `offers_only`: only prices and availability.
create table search_due (
  product_id uuid primary key,
  offers_only boolean not null,
  marked_at timestamptz(3) not null
);
create index search_due_oldest on search_due (marked_at, product_id);
