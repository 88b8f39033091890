-- The Ed25519 key with which a device signs what it sends over a broker that does not prove who sends: 32 bytes, raw.
alter table device add column public_key bytea check (octet_length(public_key) = 32);
