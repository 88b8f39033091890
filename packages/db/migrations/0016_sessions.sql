-- A customer signs in for a short access token (token_hash, expires_at) and a refresh token, which is used up by each
-- refresh. One row is the whole family of such tokens, however often they rotate.
alter table session
  -- SHA-256 of the part that all refresh tokens of a family share: who knows it has had one of them.
  add column refresh_family bytea unique,
  -- SHA-256 of the refresh token that works now, and until when.
  add column refresh_hash bytea,
  add column refresh_until timestamptz(3),
  -- SHA-256 of what was used up last, and when: a client that refreshes twice at once gets the same answer twice.
  add column spent_hash bytea,
  add column spent_at timestamptz(3),
  -- Out of this and the token used up last the present tokens were derived.
  add column refresh_nonce bytea,
  -- The access token before the last refresh, which works until it expires by itself.
  add column previous_token_hash bytea unique,
  add column previous_until timestamptz(3),
  add column address text;

-- Where a customer signed up; null for those who were imported.
alter table customer add column channel_id uuid;

-- Where a customer has met the shop: staff of a channel see its customers.
create view customer_channel as
  select id as customer_id, channel_id from customer where channel_id is not null
  union all select customer_id, channel_id from cart where customer_id is not null
  union all select customer_id, channel_id from "order" where customer_id is not null
  union all select customer_id, channel_id from device;
