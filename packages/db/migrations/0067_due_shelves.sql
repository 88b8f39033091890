-- Shelves of variants that may have changed, each in its channel: a transaction works out some of one channel, so that a
-- product in hundreds of channels does not hold the readers of the event log back until the last of them is done.
create table shelf_due (
  channel_id uuid not null,
  variant_id uuid not null,
  primary key (channel_id, variant_id)
);
