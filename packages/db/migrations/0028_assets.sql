-- What the shop shows or gives: pictures, films, files. The bytes are in the storage, below <end of id>/<id>/.
create table asset (
  id uuid primary key,
  kind text not null check (kind in ('IMAGE', 'VIDEO', 'FILE')),
  visibility text not null check (visibility in ('PUBLIC', 'PRIVATE')),
  file_name text not null,
  -- As its content says, never as its name does.
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 bytea not null,
  -- Of a picture as it is seen, turned upright; null for anything else.
  width integer,
  height integer,
  -- ThumbHash in base64.
  placeholder text,
  alt jsonb not null default '{}',
  -- What a crop must not cut off, in percent from the left and from the top.
  focal_x integer not null default 50 check (focal_x between 0 and 100),
  focal_y integer not null default 50 check (focal_y between 0 and 100),
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  check ((kind = 'IMAGE') = (width is not null and height is not null)),
  -- The same bytes are kept once.
  unique (sha256, visibility)
);
create index asset_search on asset using gin ((file_name || ' ' || alt::text) gin_trgm_ops);

-- Bytes that are to go: of assets that are deleted, and of uploads that have not become one by then.
create table asset_removal (
  prefix text primary key,
  due_at timestamptz(3) not null
);
create index asset_removal_due on asset_removal (due_at);

alter table image add column asset_id uuid references asset;
-- contract: pictures are few per product, and the index is made in under a second per million
create index if not exists image_asset on image (asset_id) where asset_id is not null;

-- Which pictures of its product show a variant.
create table variant_image (
  variant_id uuid not null references variant on delete cascade,
  image_id uuid not null references image on delete cascade,
  position integer not null,
  primary key (variant_id, image_id)
);
create index variant_image_image on variant_image (image_id);
