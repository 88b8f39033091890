-- A named set of permissions. Those with a code come with Hilo; '*' among the permissions is every one there is.
create table role (
  id uuid primary key,
  code text unique check (code ~ '^[a-z-]{1,40}$'),
  name text not null,
  permissions text[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);
create unique index role_name on role (lower(name));

-- What a member of staff may do and where; null means everywhere.
create table staff_grant (
  id uuid primary key,
  staff_id uuid not null references staff on delete cascade,
  role_id uuid not null references role,
  channels uuid[] check (cardinality(channels) > 0),
  locations uuid[] check (cardinality(locations) > 0)
);
create index staff_grant_staff on staff_grant (staff_id);
create index staff_grant_role on staff_grant (role_id);

alter table api_key
  add column channels uuid[] check (cardinality(channels) > 0),
  add column locations uuid[] check (cardinality(locations) > 0),
  -- How people tell keys apart; null for keys made before.
  add column prefix text,
  add column last4 text,
  -- actorKey of whoever made it.
  add column created_by text,
  -- The secret before the last rotation, which works until then.
  add column previous_hash bytea unique,
  add column previous_until timestamptz(3);

insert into role (id, code, name, permissions) values
  (gen_random_uuid(), 'administrator', 'Administrator', '{*}'),
  (gen_random_uuid(), 'catalogue', 'Catalogue', '{catalog:write,prices:read,promotions:read,stock:read}'),
  (gen_random_uuid(), 'prices', 'Prices & promotions', '{catalog:read,prices:write,promotions:write,stock:read}'),
  (gen_random_uuid(), 'warehouse', 'Warehouse', '{catalog:read,stock:write,orders:write}'),
  (gen_random_uuid(), 'support', 'Support',
    '{catalog:read,prices:read,promotions:read,stock:read,customers:write,orders:write,devices:write}'),
  (gen_random_uuid(), 'read-only', 'Read only',
    '{catalog:read,prices:read,promotions:read,stock:read,customers:read,orders:read,devices:read,events:read}');

-- Staff from before: whoever could do everything is an administrator, others get a role with what they could. The column
-- staff.permissions is left as it is, for code from before that still runs.
with held as (
  -- All staff could see stock.
  select id, (select array_agg(distinct one order by one) from unnest(permissions || '{stock:read}') as one) as permissions
  from staff where cardinality(permissions) > 0
), kinds as (
  select permissions,
    permissions @> '{catalog:write,prices:write,promotions:write,stock:write,customers:write,orders:write,devices:write,settings:write}'
      as everything,
    row_number() over (order by permissions) as number
  from (select distinct permissions from held) as each
), made as (
  insert into role (id, name, permissions)
  select gen_random_uuid(), 'Custom ' || number, permissions from kinds where not everything
  returning id, permissions
)
insert into staff_grant (id, staff_id, role_id)
select gen_random_uuid(), held.id, coalesce(made.id, (select id from role where code = 'administrator'))
from held join kinds using (permissions) left join made using (permissions);
