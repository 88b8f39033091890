-- A published promotion can be withheld for a while.
alter table promotion drop constraint promotion_status_check;
alter table promotion
  add constraint promotion_status_check check (status in ('DRAFT', 'PUBLISHED', 'PAUSED', 'ARCHIVED')) not valid;
