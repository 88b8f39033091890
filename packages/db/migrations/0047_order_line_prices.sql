-- Why a line cost what it did: the list of its price row, and the quote that held when it was ordered.
alter table order_line
  add column price_list_id uuid,
  add column quote jsonb;
