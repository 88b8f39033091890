// Generated from the migrated database by `node tools/tables.ts`; do not edit.
import type { ColumnType } from 'kysely'

/** A column with a default: may be left out on insert. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

/** A column that only the database writes. */
export type GeneratedAlways<T> = ColumnType<T, never, never>

/** Read as any JSON value; written as JSON text (`JSON.stringify`), because pg would write an array as a Postgres one. */
export type JsonColumn = ColumnType<unknown, string, string>

/** Read as a Date (milliseconds); written as one, or as ISO 8601 text. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>

export interface ApiKeyTable {
  id: string
  name: string
  key_hash: Uint8Array
  permissions: Generated<string[]>
  created_at: Generated<Timestamp>
  expires_at: Timestamp | null
  last_used_at: Timestamp | null
  revoked_at: Timestamp | null
  channels: string[] | null
  locations: string[] | null
  prefix: string | null
  last4: string | null
  created_by: string | null
  previous_hash: Uint8Array | null
  previous_until: Timestamp | null
  persisted_only: Generated<boolean>
}

export interface AssetTable {
  id: string
  kind: string
  visibility: string
  file_name: string
  media_type: string
  bytes: number
  sha256: Uint8Array
  width: number | null
  height: number | null
  placeholder: string | null
  alt: Generated<JsonColumn>
  focal_x: Generated<number>
  focal_y: Generated<number>
  version: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
}

export interface AssetRemovalTable {
  prefix: string
  due_at: Timestamp
}

export interface AttributeTable {
  id: string
  code: string
  name: JsonColumn
  kind: string
  unit: string | null
  localized: Generated<boolean>
  filterable: Generated<boolean>
  internal: Generated<boolean>
  minimum: number | null
  maximum: number | null
  max_length: number | null
  version: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
}

export interface AttributeChoiceTable {
  id: string
  attribute_id: string
  code: string
  name: JsonColumn
  color: string | null
  position: Generated<number>
}

export interface AttributeValueTable {
  product_id: string
  variant_id: string | null
  owner_id: GeneratedAlways<string>
  attribute_id: string
  position: Generated<number>
  choice_id: string | null
  text_value: string | null
  texts: JsonColumn | null
  number_value: number | null
  boolean_value: boolean | null
  date_value: string | null
  ref_product_id: string | null
  ref_category_id: string | null
  asset_id: string | null
}

export interface BarcodeTable {
  key: string
  variant_id: string
  kind: string
  code: string
  position: number
}

export interface BulkChunkTable {
  job_id: string
  start: bigint
  length: number
  body: Uint8Array
}

export interface BulkJobTable {
  id: string
  direction: string
  kind: string
  format: string
  state: string
  settings: JsonColumn
  actor_key: string
  actor: JsonColumn
  channel_id: string
  secret: Uint8Array
  bytes: Generated<bigint>
  position: Generated<bigint>
  cursor: JsonColumn | null
  records: Generated<bigint>
  created: Generated<bigint>
  updated: Generated<bigint>
  unchanged: Generated<bigint>
  refused: Generated<bigint>
  warnings: Generated<JsonColumn>
  problem: JsonColumn | null
  worker: string | null
  lease_until: Timestamp | null
  turn_at: Timestamp
  told_at: Timestamp | null
  created_at: Timestamp
  started_at: Timestamp | null
  finished_at: Timestamp | null
  failures: Generated<number>
  retry_at: Timestamp | null
}

export interface BulkRefusalTable {
  job_id: string
  number: number
  line: bigint
  record: string | null
  path: string
  code: string
  data: JsonColumn
}

export interface BundleComponentTable {
  bundle_id: string
  component_id: string
  quantity: number
  position: number
}

export interface CartTable {
  id: string
  customer_id: string | null
  token_hash: Uint8Array | null
  channel_id: string
  market_id: string
  status: Generated<string>
  name: string | null
  email: string | null
  country: string | null
  address: JsonColumn | null
  version: Generated<number>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  payment_method: string | null
  delivery_method: string | null
  latitude: number | null
  longitude: number | null
}

export interface CartCouponTable {
  cart_id: string
  code: string
  position: GeneratedAlways<bigint>
}

export interface CartLineTable {
  cart_id: string
  id: string
  variant_id: string
  quantity: number
  properties: Generated<JsonColumn>
  position: GeneratedAlways<bigint>
  quote: JsonColumn | null
}

export interface CatalogClockTable {
  singleton: Generated<boolean>
  done_until: Timestamp
  window_until: Timestamp | null
  seen_product: string | null
}

export interface CategoryTable {
  id: string
  parent_id: string | null
  slug: string
  name: JsonColumn
  position: Generated<number>
  version: Generated<number>
  seo: Generated<JsonColumn>
}

export interface ChannelTable {
  id: string
  code: string
  name: JsonColumn
  kind: string
  market_id: string
  active: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Timestamp>
}

export interface CollectionTable {
  id: string
  slug: string
  name: JsonColumn
  description: Generated<JsonColumn>
  rule: JsonColumn | null
  version: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
  seo: Generated<JsonColumn>
}

export interface CollectionChannelTable {
  collection_id: string
  channel_id: string
  published_from: Timestamp | null
  published_until: Timestamp | null
}

export interface CollectionProductTable {
  collection_id: string
  product_id: string
  tier: Generated<number>
  position: bigint
}

export interface ConsentTable {
  customer_id: string
  purpose: string
  given_at: Timestamp
  withdrawn_at: Timestamp | null
}

export interface CouponTable {
  id: string
  promotion_id: string
  code: string
  usage_limit: number | null
  used: Generated<number>
  created_at: Generated<Timestamp>
  batch_id: string | null
  per_customer_limit: number | null
  expires_at: Timestamp | null
  disabled_at: Timestamp | null
}

export interface CouponBatchTable {
  id: string
  promotion_id: string
  name: string
  prefix: Generated<string>
  pattern: string
  alphabet: string
  count: number
  made: Generated<number>
  usage_limit: number | null
  per_customer_limit: number | null
  expires_at: Timestamp | null
  disabled_at: Timestamp | null
  created_at: Timestamp
  finished_at: Timestamp | null
  actor: string
}

export interface CustomerTable {
  id: string
  name: string
  locale: Generated<string>
  password_hash: string | null
  version: Generated<number>
  created_at: Generated<Timestamp>
  channel_id: string | null
  loyalty_tier: string | null
}

export interface CustomerChannelTable {
  customer_id: string | null
  channel_id: string | null
}

export interface CustomerGroupTable {
  id: string
  code: string
  name: JsonColumn
  version: Generated<number>
}

export interface CustomerGroupMemberTable {
  customer_group_id: string
  customer_id: string
}

export interface DeviceTable {
  id: string
  device_type_id: string
  name: string
  customer_id: string
  channel_id: string
  credential_hash: Uint8Array
  status: Generated<string>
  max_order_minor: bigint | null
  max_day_minor: bigint | null
  max_quantity: Generated<number>
  cancel_window_minutes: Generated<number>
  test: Generated<boolean>
  state: Generated<string>
  firmware: string | null
  seen_at: Timestamp | null
  version: Generated<number>
  created_at: Generated<Timestamp>
  public_key: Uint8Array | null
}

export interface DeviceReadingTable {
  device_id: string
  name: string
  value: number
  unit: string | null
  at: Timestamp
}

export interface DeviceSlotTable {
  device_id: string
  name: string
  variant_id: string
  quantity: Generated<number>
}

export interface DeviceSpendTable {
  device_id: string
  day: string
  amount_minor: bigint
}

export interface DeviceTypeTable {
  id: string
  code: string
  name: JsonColumn
  kind: string
}

export interface DigitalFileTable {
  id: string
  variant_id: string
  name: string
  media_type: string
  body: string | null
  storage_key: string | null
  asset_id: string | null
  max_downloads: number
  days: number
  position: number
  removed_at: Timestamp | null
}

export interface DownloadTable {
  id: string
  order_line_id: string
  file_id: string
  name: string
  allowed: number
  used: Generated<number>
  expires_at: Timestamp
}

export interface EventTable {
  id: GeneratedAlways<bigint>
  tx: Generated<string>
  aggregate: string
  aggregate_id: string
  seq: number
  type: string
  payload: JsonColumn
  scope: Generated<JsonColumn>
  permission: string | null
  actor: string
  channel_id: string | null
  correlation_id: string | null
  at: Generated<Timestamp>
  address: string | null
  user_agent: string | null
  changed: JsonColumn | null
  trace_parent: string | null
}

export interface EventConsumerTable {
  name: string
  tx: string
  event_id: bigint
  updated_at: Generated<Timestamp>
}

export interface ExternalKeyTable {
  kind: string
  system: string
  key: string
  id: string
}

export interface IdempotencyTable {
  actor: string
  key: string
  operation: string
  request_hash: Uint8Array
  response: JsonColumn | null
  created_at: Generated<Timestamp>
  expires_at: Timestamp
}

export interface IdentityTable {
  customer_id: string
  kind: string
  value: string
  verified_at: Timestamp | null
}

export interface ImageTable {
  id: string
  product_id: string
  url: string
  alt: Generated<JsonColumn>
  position: Generated<number>
  asset_id: string | null
}

export interface LocationTable {
  id: string
  code: string
  name: JsonColumn
  kind: string
  country: string
  city: Generated<string>
  latitude: number | null
  longitude: number | null
  opening_hours: Generated<JsonColumn>
  priority: Generated<number>
  active: Generated<boolean>
  version: Generated<number>
}

export interface LocationChannelTable {
  location_id: string
  channel_id: string
}

export interface MarketTable {
  id: string
  code: string
  name: JsonColumn
  currency: string
  prices_include_tax: boolean
  countries: string[]
  default_locale: Generated<string>
  delivery_minor: Generated<bigint>
  version: Generated<number>
  time_zone: Generated<string>
  stacking: Generated<string>
  tax_per: Generated<string>
}

export interface MigrationChecksumTable {
  name: string
  checksum: string
}

export interface MovementTable {
  id: string
  location_id: string
  variant_id: string
  kind: string
  on_hand_delta: number
  reserved_delta: number
  cause: string
  cause_id: string
  actor: string
  at: Generated<Timestamp>
}

export interface NotificationTable {
  id: string
  customer_id: string
  device_id: string
  kind: string
  title: string
  body: string
  data: Generated<JsonColumn>
  created_at: Timestamp
  expires_at: Timestamp
  acknowledged_at: Timestamp | null
  action: string | null
}

export interface OptionTable {
  id: string
  product_id: string
  code: string
  name: JsonColumn
  position: Generated<number>
}

export interface OptionValueTable {
  id: string
  option_id: string
  code: string
  name: JsonColumn
  position: Generated<number>
}

export interface OrderTable {
  id: string
  number: string
  cart_id: string
  customer_id: string | null
  token_hash: Uint8Array | null
  device_id: string | null
  slot: string | null
  email: string | null
  channel_id: string
  market_id: string
  status: string
  test: Generated<boolean>
  currency: string
  prices_include_tax: boolean
  subtotal_minor: bigint
  discount_minor: bigint
  delivery_minor: bigint
  tax_minor: bigint
  total_minor: bigint
  taxes: JsonColumn
  country: string
  address: JsonColumn | null
  locale: string
  placed_at: Timestamp
  cancel_by: Timestamp
  fulfilled_at: Timestamp | null
  cancelled_at: Timestamp | null
  version: Generated<number>
  points: Generated<bigint>
  payment_method: string | null
  delivery_method: string | null
  missed_gifts: Generated<JsonColumn>
}

export interface OrderApplicationTable {
  order_id: string
  position: number
  promotion_id: string
  promotion_version: number
  coupon_code: string | null
  class: string
  name: string
  amount_minor: bigint
  allocations: JsonColumn
  points: Generated<bigint>
}

export interface OrderLineTable {
  id: string
  order_id: string
  position: number
  variant_id: string
  product_id: string
  sku: string
  name: string
  variant_name: Generated<string>
  image_url: string | null
  properties: Generated<JsonColumn>
  quantity: number
  price_id: string | null
  unit_list_minor: bigint
  unit_minor: bigint
  subtotal_minor: bigint
  discount_minor: bigint
  net_minor: bigint
  tax_minor: bigint
  gross_minor: bigint
  tax_rate_ppm: number
  fulfilment: Generated<string>
  measure: JsonColumn | null
  components: JsonColumn | null
  gift: Generated<boolean>
  price_list_id: string | null
  quote: JsonColumn | null
}

export interface ParityWatchTable {
  id: string
  name: string
  asked: JsonColumn
  channel_ids: string[]
  state: Generated<string>
  findings: Generated<JsonColumn>
  finding_count: Generated<number>
  checked_at: Timestamp | null
  due_at: Timestamp
  version: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
  missing: JsonColumn | null
  called: JsonColumn | null
}

export interface PersistedOperationTable {
  id: string
  hash: Uint8Array
  name: string
  document: string
  created_at: Generated<Timestamp>
}

export interface PriceTable {
  id: string
  price_list_id: string
  variant_id: string
  currency: string
  amount_minor: bigint
  min_quantity: Generated<number>
  valid: Generated<string>
  rank: Generated<number>
  max_quantity: number | null
}

export interface PriceHistoryTable {
  id: GeneratedAlways<bigint>
  variant_id: string
  channel_id: string
  currency: string
  list_minor: bigint | null
  amount_minor: bigint | null
  at: Timestamp
}

export interface PriceListTable {
  id: string
  code: string
  name: JsonColumn
  kind: string
  currency: string
  market_id: string | null
  channel_id: string | null
  customer_group_id: string | null
  country: string | null
  valid: Generated<string>
  rank: Generated<number>
  version: Generated<number>
  market_ids: Generated<string[]>
  channel_ids: Generated<string[]>
  countries: Generated<string[]>
  customer_group_ids: Generated<string[]>
  segment_ids: Generated<string[]>
  status: Generated<string>
  base_id: string | null
  adjustment_ppm: number | null
  rounding: string | null
  rounding_direction: string | null
}

export interface ProductTable {
  id: string
  slug: string
  name: JsonColumn
  description: Generated<JsonColumn>
  tax_class: Generated<string>
  status: Generated<string>
  version: Generated<number>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  product_type_id: string | null
  seo: Generated<JsonColumn>
  content_version: Generated<number>
}

export interface ProductCategoryTable {
  product_id: string
  category_id: string
}

export interface ProductChannelTable {
  product_id: string
  channel_id: string
  published_from: Timestamp | null
  published_until: Timestamp | null
}

export interface ProductDraftTable {
  product_id: string
  base: number
  change: JsonColumn
  publish_at: Timestamp | null
  failed: string | null
  version: Generated<number>
  actor: string
  updated_at: Timestamp
  refusal: JsonColumn | null
}

export interface ProductRelationTable {
  product_id: string
  kind: string
  related_id: string
  position: number
}

export interface ProductTypeTable {
  id: string
  code: string
  name: JsonColumn
  version: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
}

export interface ProductTypeAttributeTable {
  product_type_id: string
  attribute_id: string
  level: string
  required: Generated<boolean>
  position: Generated<number>
}

export interface ProductVersionTable {
  product_id: string
  number: number
  content: JsonColumn
  actor: string
  at: Timestamp
}

export interface PromotionTable {
  id: string
  name: JsonColumn
  status: Generated<string>
  published_version: number | null
  version: Generated<number>
  usage_limit: number | null
  per_customer_limit: number | null
  used: Generated<number>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
}

export interface PromotionBudgetTable {
  promotion_id: string
  currency: string
  amount_minor: bigint
  spent_minor: Generated<bigint>
}

export interface PromotionClaimTable {
  id: string
  promotion_id: string
  coupon_id: string | null
  order_id: string | null
  customer_key: string | null
  ordinal: Generated<number>
  state: string
  at: Generated<Timestamp>
  cart_id: string | null
  expires_at: Timestamp | null
  amount_minor: bigint | null
  currency: string | null
  offer_id: string | null
  hold_slot: number | null
}

export interface PromotionOfferTable {
  id: string
  promotion_id: string
  customer_id: string | null
  device_id: string | null
  note: Generated<string>
  usage_limit: Generated<number>
  used: Generated<number>
  starts_at: Timestamp
  expires_at: Timestamp
  withdrawn_at: Timestamp | null
  created_at: Timestamp
  actor: string
}

export interface PromotionSimulationTable {
  id: string
  promotion_id: string | null
  definition: JsonColumn
  days: number
  channel_ids: string[]
  max_orders: number
  state: Generated<string>
  since: Timestamp
  until: Timestamp
  done: Generated<number>
  total: number | null
  result: JsonColumn | null
  created_at: Timestamp
  finished_at: Timestamp | null
  claimed_until: Timestamp | null
  actor: string
  failure: string | null
}

export interface PromotionVersionTable {
  promotion_id: string
  version: number
  definition: JsonColumn
  created_at: Generated<Timestamp>
  actor: string
}

export interface RoleTable {
  id: string
  code: string | null
  name: string
  permissions: Generated<string[]>
  version: Generated<number>
  created_at: Generated<Timestamp>
}

export interface SearchDocumentTable {
  locale: string
  product_id: string
  created_at: Timestamp
  name: string
  name_key: string
  tags: number[]
  terms: string
  words: string[]
}

export interface SearchDueTable {
  product_id: string
  offers_only: boolean
  marked_at: Timestamp
}

export interface SearchNumberTable {
  attribute: string
  value: number
  product_id: string
}

export interface SearchOfferTable {
  channel_id: string
  product_id: string
  published_from: Timestamp | null
  published_until: Timestamp | null
  amount_minor: bigint | null
  available: boolean
}

export interface SearchSynonymTable {
  id: string
  locale: string
  kind: string
  terms: string[]
  replacements: Generated<string[]>
  keys: string[]
  version: Generated<number>
  updated_at: Timestamp
}

export interface SearchTagTable {
  id: GeneratedAlways<number>
  facet: string
  value: string
  label: Generated<JsonColumn>
}

export interface SearchWordTable {
  locale: string
  word: string
  stem: string
  documents: number
}

export interface SegmentTable {
  id: string
  code: string
  name: JsonColumn
  description: Generated<JsonColumn>
  rule: JsonColumn | null
  archived_at: Timestamp | null
  version: Generated<number>
  created_at: Timestamp
}

export interface SegmentMemberTable {
  segment_id: string
  customer_id: string
  since: Timestamp
  until: Timestamp | null
}

export interface SessionTable {
  id: string
  kind: string
  subject_id: string
  token_hash: Uint8Array
  user_agent: string | null
  created_at: Generated<Timestamp>
  expires_at: Timestamp
  revoked_at: Timestamp | null
  refresh_family: Uint8Array | null
  refresh_hash: Uint8Array | null
  refresh_until: Timestamp | null
  spent_hash: Uint8Array | null
  spent_at: Timestamp | null
  refresh_nonce: Uint8Array | null
  previous_token_hash: Uint8Array | null
  previous_until: Timestamp | null
  address: string | null
}

export interface ShelfDueTable {
  channel_id: string
  variant_id: string
}

export interface ShelfPriceClockTable {
  singleton: Generated<boolean>
  done_until: Timestamp
}

export interface ShelfPriceDueTable {
  variant_id: string
}

export interface ShopTable {
  singleton: Generated<boolean>
  code: string
  name: string
  default_channel_id: string | null
  locales: Generated<string[]>
  default_locale: Generated<string>
}

export interface SignInAttemptTable {
  key: Uint8Array
  tries: number
  since: Timestamp
}

export interface SlugRedirectTable {
  kind: string
  slug: string
  target_id: string
  created_at: Generated<Timestamp>
}

export interface StaffTable {
  id: string
  email: string
  name: string
  password_hash: string
  permissions: Generated<string[]>
  locale: Generated<string>
  disabled_at: Timestamp | null
  version: Generated<number>
  created_at: Generated<Timestamp>
}

export interface StaffGrantTable {
  id: string
  staff_id: string
  role_id: string
  channels: string[] | null
  locations: string[] | null
}

export interface StockTable {
  location_id: string
  variant_id: string
  on_hand: Generated<number>
  reserved: Generated<number>
  safety: Generated<number>
  updated_at: Generated<Timestamp>
}

export interface TaxRateTable {
  id: string
  market_id: string
  country: string
  tax_class: string
  rate_ppm: number
}

export interface VariantTable {
  id: string
  product_id: string
  sku: string
  name: Generated<JsonColumn>
  position: Generated<number>
  version: Generated<number>
  created_at: Generated<Timestamp>
  archived_at: Timestamp | null
  option_key: string | null
  fulfilment: Generated<string>
  track_stock: Generated<boolean>
  measure_unit: string | null
  measure_scale: number | null
  measure_step: number | null
  measure_minimum: number | null
  measure_maximum: number | null
  content: JsonColumn | null
  bundle_reduction_ppm: number | null
}

export interface VariantCostTable {
  variant_id: string
  currency: string
  amount_minor: bigint
  updated_at: Timestamp
}

export interface VariantImageTable {
  variant_id: string
  image_id: string
  position: number
}

export interface VariantOptionValueTable {
  variant_id: string
  option_value_id: string
}

export interface WebhookDeliveryTable {
  id: string
  endpoint_id: string
  event_id: bigint
  event_type: string
  state: Generated<string>
  attempts: Generated<number>
  next_attempt_at: Timestamp | null
  last_attempt_at: Timestamp | null
  last_status: number | null
  last_error: string | null
  last_response: string | null
  duration_ms: number | null
  created_at: Generated<Timestamp>
}

export interface WebhookEndpointTable {
  id: string
  url: string
  description: Generated<string>
  event_types: string[]
  channel_ids: string[] | null
  active: Generated<boolean>
  disabled_reason: string | null
  disabled_at: Timestamp | null
  secret: Uint8Array
  previous_secret: Uint8Array | null
  previous_secret_until: Timestamp | null
  failing_since: Timestamp | null
  version: Generated<number>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
}

/** Every table of the database. */
export interface DB {
  api_key: ApiKeyTable
  asset: AssetTable
  asset_removal: AssetRemovalTable
  attribute: AttributeTable
  attribute_choice: AttributeChoiceTable
  attribute_value: AttributeValueTable
  barcode: BarcodeTable
  bulk_chunk: BulkChunkTable
  bulk_job: BulkJobTable
  bulk_refusal: BulkRefusalTable
  bundle_component: BundleComponentTable
  cart: CartTable
  cart_coupon: CartCouponTable
  cart_line: CartLineTable
  catalog_clock: CatalogClockTable
  category: CategoryTable
  channel: ChannelTable
  collection: CollectionTable
  collection_channel: CollectionChannelTable
  collection_product: CollectionProductTable
  consent: ConsentTable
  coupon: CouponTable
  coupon_batch: CouponBatchTable
  customer: CustomerTable
  customer_channel: CustomerChannelTable
  customer_group: CustomerGroupTable
  customer_group_member: CustomerGroupMemberTable
  device: DeviceTable
  device_reading: DeviceReadingTable
  device_slot: DeviceSlotTable
  device_spend: DeviceSpendTable
  device_type: DeviceTypeTable
  digital_file: DigitalFileTable
  download: DownloadTable
  event: EventTable
  event_consumer: EventConsumerTable
  external_key: ExternalKeyTable
  idempotency: IdempotencyTable
  identity: IdentityTable
  image: ImageTable
  location: LocationTable
  location_channel: LocationChannelTable
  market: MarketTable
  migration_checksum: MigrationChecksumTable
  movement: MovementTable
  notification: NotificationTable
  option: OptionTable
  option_value: OptionValueTable
  order: OrderTable
  order_application: OrderApplicationTable
  order_line: OrderLineTable
  parity_watch: ParityWatchTable
  persisted_operation: PersistedOperationTable
  price: PriceTable
  price_history: PriceHistoryTable
  price_list: PriceListTable
  product: ProductTable
  product_category: ProductCategoryTable
  product_channel: ProductChannelTable
  product_draft: ProductDraftTable
  product_relation: ProductRelationTable
  product_type: ProductTypeTable
  product_type_attribute: ProductTypeAttributeTable
  product_version: ProductVersionTable
  promotion: PromotionTable
  promotion_budget: PromotionBudgetTable
  promotion_claim: PromotionClaimTable
  promotion_offer: PromotionOfferTable
  promotion_simulation: PromotionSimulationTable
  promotion_version: PromotionVersionTable
  role: RoleTable
  search_document: SearchDocumentTable
  search_due: SearchDueTable
  search_number: SearchNumberTable
  search_offer: SearchOfferTable
  search_synonym: SearchSynonymTable
  search_tag: SearchTagTable
  search_word: SearchWordTable
  segment: SegmentTable
  segment_member: SegmentMemberTable
  session: SessionTable
  shelf_due: ShelfDueTable
  shelf_price_clock: ShelfPriceClockTable
  shelf_price_due: ShelfPriceDueTable
  shop: ShopTable
  sign_in_attempt: SignInAttemptTable
  slug_redirect: SlugRedirectTable
  staff: StaffTable
  staff_grant: StaffGrantTable
  stock: StockTable
  tax_rate: TaxRateTable
  variant: VariantTable
  variant_cost: VariantCostTable
  variant_image: VariantImageTable
  variant_option_value: VariantOptionValueTable
  webhook_delivery: WebhookDeliveryTable
  webhook_endpoint: WebhookEndpointTable
}
