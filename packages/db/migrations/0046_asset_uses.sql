-- A file that a product or variant says by an attribute; its address stays in text_value.
alter table attribute_value add column asset_id uuid references asset;
-- contract: it is made of no row, since no value names an asset yet
create index attribute_value_asset on attribute_value (asset_id, product_id) where asset_id is not null;

-- Nothing wrote this column before: every row agrees. Who bought a file keeps it, so a file that is put away holds on too.
alter table digital_file add constraint digital_file_asset foreign key (asset_id) references asset not valid;
-- contract: it is made of no row, since nothing wrote this column before
create index digital_file_asset on digital_file (asset_id, variant_id) where asset_id is not null;
