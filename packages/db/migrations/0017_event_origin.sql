-- For the audit: from where a change came, and what it changed. `changed` is {"field": [before, after]}; it is no part of
-- the payload, because a fact that everybody may hear can come from a change that only staff may read.
alter table event
  add column address text check (length(address) <= 100),
  add column user_agent text check (length(user_agent) <= 200),
  add column changed jsonb;

-- The log from its end backwards, for one subject, one actor, one kind of fact, or all that people and programs of the
-- shop did. Periods are found by a summary of the blocks, which costs nothing to keep: rows are written in their order.
create index event_subject on event (aggregate_id, tx, id);
create index event_actor on event (actor, tx, id);
create index event_type on event (type, tx, id);
create index event_by_staff on event (tx, id)
  where split_part(actor, ':', 1) in ('staff', 'app') or aggregate = 'staff';
create index event_period on event using brin (at);
