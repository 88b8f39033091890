-- The refusal that kept a draft from publishing itself, with its facts; of those that were refused before only the code is known.
alter table product_draft add column refusal jsonb;
