-- Operations that are known by the SHA-256 of their text. Devices, and keys that are `persisted_only`, may send no other.
create table persisted_operation (
  id uuid primary key,
  hash bytea not null unique check (octet_length(hash) = 32),
  name text not null,
  document text not null,
  created_at timestamptz(3) not null default now()
);

alter table api_key add column persisted_only boolean not null default false;
