-- How often in a row the piece of a job in hand has failed for a reason that nobody foresaw, and when it is tried again.
alter table bulk_job
  add column failures integer not null default 0,
  add column retry_at timestamptz(3);
