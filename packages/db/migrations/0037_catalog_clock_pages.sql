-- How far the window under way has come: many products may begin or end at one moment, and they are told in pages.
alter table catalog_clock
  add column window_until timestamptz(3),
  add column seen_product uuid;
