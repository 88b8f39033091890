-- How many codes one customer can hold at once: unique, so that two carts at once cannot take the same slot.
alter table promotion_claim add column hold_slot smallint;
-- contract: nothing is held yet, so it is made of no row
create unique index promotion_claim_hold_slot on promotion_claim (customer_key, hold_slot) where state = 'HELD';
