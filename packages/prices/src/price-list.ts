import type { Localized, Uuid } from '@hilo/kernel'
import type { Period } from './period.ts'

/** What a list is for: everyday prices, a sale (shown against the everyday price), or a contract. */
export const PRICE_LIST_KINDS = ['BASE', 'SALE', 'CONTRACT'] as const

/** What a list is for. */
export type PriceListKind = (typeof PRICE_LIST_KINDS)[number]

/** Who a list is for; what is absent or null means everyone. */
export interface ListAudience {
  readonly marketId?: Uuid | null
  readonly channelId?: Uuid | null
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | null
  readonly customerGroupId?: Uuid | null
}

/** A price list: a currency, an audience and a time. */
export interface PriceList extends ListAudience {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
  readonly kind: PriceListKind
  readonly currency: string
  readonly rank: number
  readonly valid: Period
}

const KIND_RANK: Readonly<Record<PriceListKind, number>> = { BASE: 0, SALE: 16, CONTRACT: 32 }

/**
 * How a list's prices rank among those that fit a request; the highest wins. A contract wins over a sale and a sale
 * over a base price; within a kind the more specific audience: customer group, then channel, then country, then market.
 */
export const listRank = (kind: PriceListKind, audience: ListAudience): number =>
  KIND_RANK[kind] +
  (audience.customerGroupId ? 8 : 0) +
  (audience.channelId ? 4 : 0) +
  (audience.country ? 2 : 0) +
  (audience.marketId ? 1 : 0)
