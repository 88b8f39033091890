import { ID_PREFIX, type IdKind, type Permission } from '@hilo/kernel'

/** What a field of `data` is: an id of a noun, ids of one, or plain JSON. */
export type FieldSpec =
  | { readonly id: IdKind }
  | { readonly ids: IdKind }
  | 'string'
  | 'integer'
  | 'boolean'
  | 'object'

/** A kind of event as other systems know it: a name that never changes, and exactly the fields that leave the shop. */
export interface WebhookEventType {
  /** `order.placed`. */
  readonly name: string
  /** Its type in the event log. */
  readonly event: string
  /** The noun that `data.id` names. */
  readonly of: IdKind
  /** Whoever sets up an endpoint for it needs this one too. */
  readonly permission?: Permission
  readonly description: string
  readonly fields: Readonly<Record<string, FieldSpec>>
}

type Spec = Omit<WebhookEventType, 'of' | 'permission' | 'fields'>

const group = (
  shared: Pick<WebhookEventType, 'of' | 'permission' | 'fields'>,
  specs: readonly (Spec & Partial<Pick<WebhookEventType, 'fields'>>)[],
): WebhookEventType[] =>
  specs.map((spec) => ({ ...shared, ...spec, fields: { ...shared.fields, ...spec.fields } }))

const ORDER = {
  of: 'order',
  permission: 'orders:read',
  fields: {
    number: 'string',
    customerId: { id: 'customer' },
    deviceId: { id: 'device' },
    test: 'boolean',
    currency: 'string',
    totalMinor: 'integer',
  },
} as const

const PRODUCT = {
  of: 'product',
  permission: 'catalog:read',
  fields: { channelIds: { ids: 'channel' } },
} as const

const VARIANT = {
  of: 'variant',
  permission: 'catalog:read',
  fields: { productId: { id: 'product' }, channelIds: { ids: 'channel' }, sku: 'string' },
} as const

const CATEGORY = {
  of: 'category',
  permission: 'catalog:read',
  fields: { slug: 'string', parentId: { id: 'category' } },
} as const

const COLLECTION = {
  of: 'collection',
  permission: 'catalog:read',
  fields: { slug: 'string', channelIds: { ids: 'channel' } },
} as const

const PROMOTION = {
  of: 'promotion',
  permission: 'promotions:read',
  fields: { version: 'integer', status: 'string' },
} as const

const DEVICE = { of: 'device', permission: 'devices:read', fields: {} } as const

const CUSTOMER = { of: 'customer', permission: 'customers:read', fields: {} } as const

const PRICE_LIST = {
  of: 'priceList',
  permission: 'prices:read',
  fields: { code: 'string', status: 'string' },
} as const

const SEGMENT = {
  of: 'segment',
  permission: 'customers:read',
  fields: { code: 'string', archived: 'boolean' },
} as const

const CUSTOMER_GROUP = {
  of: 'customerGroup',
  permission: 'customers:read',
  fields: { code: 'string' },
} as const

const MARKET = { of: 'market', permission: 'settings:write', fields: { code: 'string' } } as const

const CHANNEL = {
  of: 'channel',
  permission: 'settings:write',
  fields: { code: 'string', kind: 'string', active: 'boolean' },
} as const

const ENDPOINT = { of: 'webhookEndpoint', fields: {} } as const

/** What `webhookEndpointTest` appends; only the endpoint it names is told. */
export const TEST_REQUESTED = 'WebhookTestRequested.v1'

/** Every kind of event that can be told to other systems. A name is never reused or changed; fields are only added. */
export const EVENT_TYPES: readonly WebhookEventType[] = [
  ...group(ORDER, [
    { name: 'order.placed', event: 'OrderPlaced.v1', description: 'An order was placed.' },
    {
      name: 'order.cancelled',
      event: 'OrderCancelled.v1',
      description: 'An order was cancelled.',
      fields: { reason: 'string' },
    },
    { name: 'order.fulfilled', event: 'OrderFulfilled.v1', description: 'An order was handed over.' },
  ]),
  ...group(PRODUCT, [
    { name: 'product.created', event: 'ProductCreated.v1', description: 'A product was made.' },
    {
      name: 'product.updated',
      event: 'ProductUpdated.v1',
      description: 'A product, its options or its pictures changed.',
    },
    { name: 'product.deleted', event: 'ProductDeleted.v1', description: 'A product was deleted for good.' },
    {
      name: 'product.publication_changed',
      event: 'ProductPublicationChanged.v1',
      description: 'A product is published in these channels, or no longer: by staff, or by its schedule.',
    },
  ]),
  ...group(VARIANT, [
    { name: 'variant.created', event: 'VariantCreated.v1', description: 'A variant was made.' },
    { name: 'variant.updated', event: 'VariantUpdated.v1', description: 'A variant changed.' },
    { name: 'variant.deleted', event: 'VariantDeleted.v1', description: 'A variant was deleted for good.' },
  ]),
  ...group(CATEGORY, [
    { name: 'category.created', event: 'CategoryCreated.v1', description: 'A category was made.' },
    {
      name: 'category.updated',
      event: 'CategoryUpdated.v1',
      description: 'A category was renamed or moved.',
    },
    {
      name: 'category.deleted',
      event: 'CategoryDeleted.v1',
      description: 'A category was deleted; what was in it stands in its parent.',
    },
  ]),
  ...group(COLLECTION, [
    { name: 'collection.created', event: 'CollectionCreated.v1', description: 'A collection was made.' },
    {
      name: 'collection.updated',
      event: 'CollectionUpdated.v1',
      description: 'A collection, its order or its rule changed.',
    },
    { name: 'collection.deleted', event: 'CollectionDeleted.v1', description: 'A collection was deleted.' },
    {
      name: 'collection.publication_changed',
      event: 'CollectionPublicationChanged.v1',
      description: 'A collection is published in these channels, or no longer: by staff, or by its schedule.',
    },
    {
      name: 'collection.products_changed',
      event: 'CollectionProductsChanged.v1',
      description: 'Products came into a collection or left it, at most 500 in one event.',
      fields: { added: { ids: 'product' }, removed: { ids: 'product' } },
    },
  ]),
  {
    name: 'stock.changed',
    event: 'StockChanged.v1',
    of: 'variant',
    description: 'The stock of a variant at a location is another one: read its availability again.',
    fields: { sku: 'string', locationId: { id: 'location' } },
  },
  {
    name: 'price.changed',
    event: 'PriceChanged.v1',
    of: 'variant',
    permission: 'prices:read',
    description: 'A price of a list was set, or taken away (`amountMinor` is null).',
    fields: {
      sku: 'string',
      priceListId: { id: 'priceList' },
      currency: 'string',
      minQuantity: 'integer',
      amountMinor: 'integer',
    },
  },
  {
    name: 'parity.broken',
    event: 'ParityBroken.v1',
    of: 'parityWatch',
    permission: 'promotions:read',
    description:
      'Prices that are watched are no longer the same, with the first differences and their reasons; or what they are the prices of is gone, and is named in `missing`.',
    fields: { name: 'string', findingCount: 'integer', findings: 'object', missing: 'object' },
  },
  {
    name: 'parity.restored',
    event: 'ParityRestored.v1',
    of: 'parityWatch',
    permission: 'promotions:read',
    description: 'Prices that are watched are the same again.',
    fields: { name: 'string' },
  },
  {
    name: 'shelf_price.changed',
    event: 'ShelfPriceChanged.v1',
    of: 'variant',
    description: 'A channel asks something else for one unit, promotions counted; null when it is not sold.',
    fields: {
      sku: 'string',
      channelId: { id: 'channel' },
      channelCode: 'string',
      currency: 'string',
      amountMinor: 'integer',
      listMinor: 'integer',
      lowest30dMinor: 'integer',
    },
  },
  ...group(PRICE_LIST, [
    { name: 'price_list.created', event: 'PriceListCreated.v1', description: 'A price list was made.' },
    {
      name: 'price_list.updated',
      event: 'PriceListUpdated.v1',
      description: 'A price list changed: other prices may hold, for others, at other times.',
    },
    {
      name: 'price_list.archived',
      event: 'PriceListArchived.v1',
      description: 'A price list ended for good.',
    },
  ]),
  ...group(SEGMENT, [
    { name: 'segment.created', event: 'SegmentCreated.v1', description: 'A segment was made.' },
    { name: 'segment.updated', event: 'SegmentUpdated.v1', description: 'A segment changed.' },
  ]),
  ...group(CUSTOMER_GROUP, [
    {
      name: 'customer_group.created',
      event: 'CustomerGroupCreated.v1',
      description: 'A customer group was made.',
    },
    {
      name: 'customer_group.updated',
      event: 'CustomerGroupUpdated.v1',
      description: 'A customer group has another name.',
    },
    {
      name: 'customer_group.deleted',
      event: 'CustomerGroupDeleted.v1',
      description: 'A customer group and its memberships are gone.',
    },
  ]),
  ...group(PROMOTION, [
    { name: 'promotion.created', event: 'PromotionCreated.v1', description: 'A promotion was drafted.' },
    {
      name: 'promotion.updated',
      event: 'PromotionUpdated.v1',
      description: 'A promotion changed, or its limit was reached.',
    },
    {
      name: 'promotion.published',
      event: 'PromotionPublished.v1',
      description: 'A promotion holds from now on.',
    },
    {
      name: 'promotion.paused',
      event: 'PromotionPaused.v1',
      description: 'A promotion is withheld for a while.',
    },
    {
      name: 'promotion.resumed',
      event: 'PromotionResumed.v1',
      description: 'A paused promotion holds again.',
    },
    { name: 'promotion.archived', event: 'PromotionArchived.v1', description: 'A promotion ended for good.' },
  ]),
  ...group(CUSTOMER, [
    { name: 'customer.created', event: 'CustomerCreated.v1', description: 'A customer signed up.' },
    {
      name: 'customer.consent_changed',
      event: 'ConsentChanged.v1',
      description: 'A customer gave or withdrew a consent.',
      fields: { purpose: 'string', given: 'boolean' },
    },
    {
      name: 'customer.group_joined',
      event: 'CustomerGroupJoined.v1',
      description: 'A customer came into a customer group.',
      fields: { customerGroupId: { id: 'customerGroup' }, groupCode: 'string' },
    },
    {
      name: 'customer.group_left',
      event: 'CustomerGroupLeft.v1',
      description: 'A customer was taken out of a customer group.',
      fields: { customerGroupId: { id: 'customerGroup' }, groupCode: 'string' },
    },
    {
      name: 'customer.segment_joined',
      event: 'CustomerSegmentJoined.v1',
      description: 'A customer came into a segment, or is in it until another time.',
      fields: { segmentId: { id: 'segment' }, segmentCode: 'string', until: 'string' },
    },
    {
      name: 'customer.segment_left',
      event: 'CustomerSegmentLeft.v1',
      description: 'A customer was taken out of a segment.',
      fields: { segmentId: { id: 'segment' }, segmentCode: 'string' },
    },
    {
      name: 'customer.loyalty_tier_set',
      event: 'CustomerLoyaltyTierSet.v1',
      description: 'A customer has another loyalty tier, or none.',
      fields: { loyaltyTier: 'string' },
    },
  ]),
  ...group(DEVICE, [
    { name: 'device.created', event: 'DeviceCreated.v1', description: 'A device was made.' },
    { name: 'device.updated', event: 'DeviceUpdated.v1', description: 'A device or its policy changed.' },
    { name: 'device.revoked', event: 'DeviceRevoked.v1', description: 'A device may do nothing any more.' },
    {
      name: 'device.state_changed',
      event: 'DeviceStateChanged.v1',
      description: 'A device says another state than before.',
      fields: { state: 'string' },
    },
  ]),
  ...group(MARKET, [
    { name: 'market.created', event: 'MarketCreated.v1', description: 'A market was made.' },
    {
      name: 'market.updated',
      event: 'MarketUpdated.v1',
      description: 'A market has another name, countries, taxes, delivery price or way to reckon.',
    },
  ]),
  ...group(CHANNEL, [
    { name: 'channel.created', event: 'ChannelCreated.v1', description: 'A channel was opened.' },
    {
      name: 'channel.updated',
      event: 'ChannelUpdated.v1',
      description: 'A channel has another name, was closed or opened again.',
    },
  ]),
  {
    name: 'location.channels_set',
    event: 'LocationChannelsSet.v1',
    of: 'location',
    permission: 'settings:write',
    description: 'A location serves other channels.',
    fields: { code: 'string', channelIds: { ids: 'channel' } },
  },
  ...group(ENDPOINT, [
    {
      name: 'webhook.test',
      event: TEST_REQUESTED,
      description: 'Somebody pressed the test button; every endpoint gets its own, whatever it listens to.',
    },
  ]),
]

/** The kind of event behind a type of the log. */
export const BY_EVENT: ReadonlyMap<string, WebhookEventType> = new Map(
  EVENT_TYPES.map((type) => [type.event, type]),
)

/** True when a name is matched by a pattern: itself, `order.*`, or `*`. */
export const matches = (pattern: string, name: string): boolean =>
  pattern === '*' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)))

/** The kinds of event that some of these patterns match; the test event is for everybody and matched by none. */
export const matched = (patterns: readonly string[]): readonly WebhookEventType[] =>
  EVENT_TYPES.filter(
    ({ name, event }) => event !== TEST_REQUESTED && patterns.some((pattern) => matches(pattern, name)),
  )

/** The words for a field in the documentation: `order_…` for an id. */
export const fieldWords = (spec: FieldSpec): string => {
  if (typeof spec === 'string') return spec
  return 'id' in spec ? `id \`${ID_PREFIX[spec.id]}_…\`` : `list of ids \`${ID_PREFIX[spec.ids]}_…\``
}
