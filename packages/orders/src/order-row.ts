import type { Address } from '@hilo/carts'
import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { OrderStatus } from './order.ts'

/** What is taxed at one rate, as it was when the order was placed. Minor units, which fit a JSON number. */
interface StoredTax {
  readonly ratePpm: number
  readonly netMinor: number
  readonly taxMinor: number
}

/** An order as it is stored. Amounts are minor units of `currency`. */
export interface OrderRow {
  readonly id: Uuid
  readonly number: string
  readonly cartId: Uuid
  readonly customerId: Uuid | null
  readonly tokenHash: Uint8Array | null
  readonly deviceId: Uuid | null
  readonly slot: string | null
  readonly email: string | null
  readonly channelId: Uuid
  readonly marketId: Uuid
  readonly status: OrderStatus
  readonly test: boolean
  readonly currency: string
  readonly pricesIncludeTax: boolean
  readonly subtotal: bigint
  readonly discount: bigint
  readonly delivery: bigint
  readonly tax: bigint
  readonly total: bigint
  readonly taxes: readonly StoredTax[]
  readonly country: string
  readonly address: Address | null
  /** What the customer earned. */
  readonly points: bigint
  readonly paymentMethod: string | null
  readonly deliveryMethod: string | null
  readonly missedGifts: readonly {
    readonly promotionId: Uuid
    readonly sku: string
    readonly quantity: number
  }[]
  readonly placedAt: Date
  readonly cancelBy: Date
  readonly fulfilledAt: Date | null
  readonly cancelledAt: Date | null
  readonly version: number
}

const COLUMNS = [
  'order.id',
  'order.number',
  'order.cart_id as cartId',
  'order.customer_id as customerId',
  'order.token_hash as tokenHash',
  'order.device_id as deviceId',
  'order.slot',
  'order.email',
  'order.channel_id as channelId',
  'order.market_id as marketId',
  'order.status',
  'order.test',
  'order.currency',
  'order.prices_include_tax as pricesIncludeTax',
  'order.subtotal_minor as subtotal',
  'order.discount_minor as discount',
  'order.delivery_minor as delivery',
  'order.tax_minor as tax',
  'order.total_minor as total',
  'order.taxes',
  'order.country',
  'order.address',
  'order.points',
  'order.payment_method as paymentMethod',
  'order.delivery_method as deliveryMethod',
  'order.missed_gifts as missedGifts',
  'order.placed_at as placedAt',
  'order.cancel_by as cancelBy',
  'order.fulfilled_at as fulfilledAt',
  'order.cancelled_at as cancelledAt',
  'order.version',
] as const

/** Orders, to be narrowed by a scope. */
export const orderRows = (db: Executor<'order'>) => db.selectFrom('order').select(COLUMNS).$castTo<OrderRow>()
