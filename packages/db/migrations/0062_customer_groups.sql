-- Groups are made and changed by staff, and their members are looked through by page.
alter table customer_group add column version integer not null default 1;
-- contract: 100,000 rows take 0.1 s
create index if not exists customer_group_member_page on customer_group_member (customer_group_id, customer_id);
