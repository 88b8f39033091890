import { TypeID, typeid } from 'typeid-js'

/** A UUIDv7 in its canonical text form: the shape of every primary key. Sorts by time. */
export type Uuid = string

/**
 * What an id is of. The prefix is part of the public id (`prod_01j…`, TypeID specification 0.3) and of `node(id)`.
 * One entry per noun; a prefix is never reused or changed.
 */
export const ID_PREFIX = {
  market: 'mkt',
  channel: 'chan',
  taxRate: 'tax',
  staff: 'staff',
  role: 'role',
  session: 'sess',
  apiKey: 'key',
  customer: 'cust',
  customerGroup: 'cgrp',
  segment: 'seg',
  productType: 'ptype',
  attribute: 'attr',
  product: 'prod',
  option: 'opt',
  optionValue: 'optv',
  variant: 'var',
  category: 'cat',
  collection: 'coll',
  image: 'img',
  asset: 'asset',
  priceList: 'plist',
  price: 'price',
  promotion: 'promo',
  coupon: 'coup',
  couponBatch: 'cbat',
  promotionOffer: 'offer',
  promotionSimulation: 'sim',
  parityWatch: 'pwatch',
  location: 'loc',
  movement: 'mov',
  reservation: 'resv',
  cart: 'cart',
  line: 'line',
  order: 'order',
  orderLine: 'oline',
  device: 'dev',
  deviceType: 'dtype',
  slot: 'slot',
  notification: 'notif',
  webhookEndpoint: 'whook',
  webhookDelivery: 'msg',
  searchSynonym: 'syn',
  bulkJob: 'bulk',
} as const

/** A noun that has public ids. */
export type IdKind = keyof typeof ID_PREFIX

const KIND_BY_PREFIX: ReadonlyMap<string, IdKind> = new Map(
  Object.entries(ID_PREFIX).map(([kind, prefix]) => [prefix, kind as IdKind]),
)

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for a UUID in its canonical text form, lower case, of any version. */
export const isUuid = (value: unknown): value is Uuid => typeof value === 'string' && UUID.test(value)

/** A new UUIDv7 from the machine's clock and randomness. */
export const newId = (): Uuid => typeid().toUUID()

/** The public form of a database id: `encodeId('product', uuid)` → `prod_01j…`. */
export const encodeId = (kind: IdKind, id: Uuid): string => TypeID.fromUUID(ID_PREFIX[kind], id).toString()

/** What a public id names, or `undefined` when it is not one of ours (wrong prefix, length or alphabet). */
export const parseId = (text: string): { readonly kind: IdKind; readonly id: Uuid } | undefined => {
  const kind = KIND_BY_PREFIX.get(text.slice(0, Math.max(0, text.lastIndexOf('_'))))
  if (!kind || text.length > 40) return undefined
  try {
    return { kind, id: TypeID.fromString(text, ID_PREFIX[kind]).toUUID() }
  } catch {
    return undefined
  }
}

/** The database id behind a public id of this kind, or `undefined` for anything else. */
export const decodeId = (kind: IdKind, text: string): Uuid | undefined => {
  const parsed = parseId(text)
  return parsed?.kind === kind ? parsed.id : undefined
}
