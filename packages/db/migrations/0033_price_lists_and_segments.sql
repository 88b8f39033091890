-- Customers put together by staff or by other systems. `rule` is for those that a program will keep by itself.
create table segment (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9_-]{0,59}$'),
  name jsonb not null,
  description jsonb not null default '{}',
  rule jsonb,
  archived_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null
);

create table segment_member (
  segment_id uuid not null references segment,
  customer_id uuid not null references customer,
  since timestamptz(3) not null,
  -- Until just before; null is until somebody says otherwise.
  until timestamptz(3) check (until > since),
  primary key (customer_id, segment_id)
);
create index segment_member_page on segment_member (segment_id, customer_id);

alter table customer add loyalty_tier text;

-- Whom a list is for: one of these, or everyone where empty. The columns for one each are for the version before.
alter table price_list
  add market_ids uuid[] not null default '{}',
  add channel_ids uuid[] not null default '{}',
  add countries text[] not null default '{}',
  add customer_group_ids uuid[] not null default '{}',
  add segment_ids uuid[] not null default '{}',
  add status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE', 'ARCHIVED')),
  -- The list whose prices it takes where it has none of its own, changed by a rate and rounded.
  add base_id uuid references price_list,
  add adjustment_ppm integer check (adjustment_ppm between -1000000 and 10000000),
  add rounding text check (rounding in ('NONE', 'TO_5', 'ENDS_95', 'ENDS_99', 'ENDS_00')),
  add rounding_direction text check (rounding_direction in ('NEAREST', 'UP', 'DOWN'));
-- contract: there are few price lists, made in no time
create index if not exists price_list_base on price_list (base_id);

-- The scale has room for segments now: kind, customer group, segment, channel, country, market.
update price_list set
  market_ids = array_remove(array[market_id], null),
  channel_ids = array_remove(array[channel_id], null),
  countries = array_remove(array[country], null),
  customer_group_ids = array_remove(array[customer_group_id], null),
  rank = case kind when 'CONTRACT' then 64 when 'SALE' then 32 else 0 end
    + case when customer_group_id is null then 0 else 16 end
    + case when channel_id is null then 0 else 4 end
    + case when country is null then 0 else 2 end
    + case when market_id is null then 0 else 1 end;

-- The rank is read from the list, so that another audience changes one row; here it is for the version before.
alter table price alter column rank set default 0;
alter table price add max_quantity integer check (max_quantity >= min_quantity);
-- contract: 100,000 rows take 0.1 s
create index if not exists price_of_list on price (price_list_id, variant_id, min_quantity, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger price_history_append_only before update or delete or truncate on price_history
  for each statement execute function refuse_change();
