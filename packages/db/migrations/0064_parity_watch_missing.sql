-- What a watch can no longer compare because it is gone, and what its category or collection was called when it was there.
alter table parity_watch
  add column missing jsonb,
  add column called jsonb;
