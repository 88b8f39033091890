create table staff (
  id uuid primary key,
  email citext not null unique,
  name text not null,
  password_hash text not null,
  permissions text[] not null default '{}',
  locale text not null default 'en',
  disabled_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);

-- One mechanism for staff cookies, customer tokens and device tokens: an opaque random token, stored only as SHA-256.
create table session (
  id uuid primary key,
  kind text not null check (kind in ('staff', 'customer', 'device')),
  subject_id uuid not null,
  token_hash bytea not null unique,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3)
);
create index session_subject on session (kind, subject_id);

create table api_key (
  id uuid primary key,
  name text not null,
  key_hash bytea not null unique,
  permissions text[] not null default '{}',
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
