-- What `products` searches: names in both languages, SKUs.
create index product_name_en on product using gin ((name->>'en') gin_trgm_ops);
create index product_name_es on product using gin ((name->>'es') gin_trgm_ops);
create index variant_sku_search on variant using gin (sku gin_trgm_ops);

-- What `products` sorts by.
create index product_by_name_en on product (((name->>'en') collate "en-x-icu"), id);
create index product_by_name_es on product ((coalesce(name->>'es', name->>'en') collate "es-x-icu"), id);
create index product_newest on product (created_at, id);
create index product_changed on product (updated_at, id);
