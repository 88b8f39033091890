import { type Actor, type Localized, type Reach, reachOf, type Uuid } from '@hilo/kernel'
import type { Derivation } from '@hilo/pricing'
import type { Period } from './period.ts'

/** What a list is for: everyday prices, a sale (shown against the everyday price), or a contract. */
export const PRICE_LIST_KINDS = ['BASE', 'SALE', 'CONTRACT'] as const

/** What a list is for. */
export type PriceListKind = (typeof PRICE_LIST_KINDS)[number]

/** Whether a list holds: while it is active. An archived one is over for good. */
export const PRICE_LIST_STATUSES = ['ACTIVE', 'INACTIVE', 'ARCHIVED'] as const

/** Whether a list holds. */
export type PriceListStatus = (typeof PRICE_LIST_STATUSES)[number]

/** Whom a list is for: one of each kind that is said; absent or empty means everyone. */
export interface ListAudience {
  readonly marketIds?: readonly Uuid[]
  readonly channelIds?: readonly Uuid[]
  /** ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[]
  readonly customerGroupIds?: readonly Uuid[]
  readonly segmentIds?: readonly Uuid[]
}

/** From which list the prices of a derived one follow, and how. Its own rows stand before those that follow. */
export interface ListDerivation extends Derivation {
  readonly baseId: Uuid
}

/** A price list: a currency, an audience and a time. */
export interface PriceList extends Required<ListAudience> {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
  readonly kind: PriceListKind
  readonly status: PriceListStatus
  readonly currency: string
  readonly rank: number
  readonly valid: Period
  readonly derivation: ListDerivation | null
  readonly version: number
}

/** Lists of a shop at most, archived ones too: each is looked at whenever a price is asked for. */
export const MAX_LISTS = 5_000

/** Ids or codes of one kind in an audience at most. */
export const MAX_AUDIENCE = 1_000

/** A list derives from one that derives from one that derives from one, and no further. */
export const MAX_DERIVATIONS = 3

/** Rows of one variant in one list at most: its tiers and times. */
export const MAX_ROWS = 200

const KIND_RANK: Readonly<Record<PriceListKind, number>> = { BASE: 0, SALE: 32, CONTRACT: 64 }

/**
 * How a list's prices rank among those that fit a request; the highest wins. A contract wins over a sale and a sale
 * over a base price; within a kind the more specific audience: customer group, then segment, channel, country, market.
 */
export const listRank = (kind: PriceListKind, audience: ListAudience): number =>
  KIND_RANK[kind] +
  (audience.customerGroupIds?.length ? 16 : 0) +
  (audience.segmentIds?.length ? 8 : 0) +
  (audience.channelIds?.length ? 4 : 0) +
  (audience.countries?.length ? 2 : 0) +
  (audience.marketIds?.length ? 1 : 0)

/** True when a list for these channels may be looked at: it is for everyone, or for a channel that is reached. */
export const mayReadList = (reach: Reach, channelIds: readonly Uuid[]): boolean =>
  reach === 'all' ||
  (reach.length > 0 && (channelIds.length === 0 || channelIds.some((id) => reach.includes(id))))

/** True when the actor may change a list for these channels: all of them must be reached, and all there are for everyone. */
export const mayWriteList = (actor: Actor, channelIds: readonly Uuid[]): boolean => {
  const reach = reachOf(actor, 'prices:write')
  return reach === 'all' || (channelIds.length > 0 && channelIds.every((id) => reach.includes(id)))
}
