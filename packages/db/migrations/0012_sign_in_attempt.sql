-- Tries of signing in that have not succeeded, counted over a window from the first one. The key is the SHA-256 of who
-- is tried (kind and e-mail) or from where (kind and address), so that it holds no personal data.
create table sign_in_attempt (
  key bytea primary key,
  tries integer not null check (tries >= 0),
  since timestamptz(3) not null
);
create index sign_in_attempt_since on sign_in_attempt (since);

-- A credential proves exactly one device.
create unique index device_credential on device (credential_hash);
