import type { LineProperties } from '@hilo/carts'
import type { Fulfilment, Scale } from '@hilo/catalog'
import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PromotionClass } from '@hilo/pricing'
import type { Quote } from '@hilo/promotions'
import type { BoughtComponent } from './line-goods.ts'
import { inScope, type OrderScope } from './order-scope.ts'

/** What was bought, under which name, price and tax. Amounts are minor units of the order's currency. */
export interface OrderLineRow {
  readonly id: Uuid
  readonly orderId: Uuid
  readonly variantId: Uuid
  readonly sku: string
  readonly name: string
  readonly variantName: string
  readonly imageUrl: string | null
  readonly properties: LineProperties
  readonly quantity: number
  readonly unitList: bigint
  readonly unit: bigint
  readonly subtotal: bigint
  readonly discount: bigint
  readonly net: bigint
  readonly tax: bigint
  readonly gross: bigint
  readonly taxRatePpm: number
  /** True for what a promotion added for nothing. */
  readonly gift: boolean
  readonly fulfilment: Fulfilment
  /** Of what was sold by measure. */
  readonly measure: Scale | null
  /** Of a bundle, in one unit. */
  readonly components: readonly BoughtComponent[] | null
  /** The list that its price was chosen from; null when none was, or nobody noted it yet. */
  readonly priceListId: Uuid | null
  /** What was quoted for it. */
  readonly quote: Quote | null
  readonly currency: string
}

const lineRows = (db: Executor<'order_line' | 'order'>) =>
  db
    .selectFrom('order_line')
    .innerJoin('order', 'order.id', 'order_line.order_id')
    .select([
      'order_line.id',
      'order_id as orderId',
      'variant_id as variantId',
      'sku',
      'name',
      'variant_name as variantName',
      'image_url as imageUrl',
      'properties',
      'quantity',
      'unit_list_minor as unitList',
      'unit_minor as unit',
      'order_line.subtotal_minor as subtotal',
      'order_line.discount_minor as discount',
      'net_minor as net',
      'order_line.tax_minor as tax',
      'gross_minor as gross',
      'tax_rate_ppm as taxRatePpm',
      'gift',
      'fulfilment',
      'measure',
      'components',
      'price_list_id as priceListId',
      'quote',
      'order.currency',
    ])
    .$castTo<OrderLineRow>()

/** The lines of these orders, in their order. The caller has seen the orders. */
export const linesOfOrders = (
  db: Executor<'order_line' | 'order'>,
  orderIds: readonly Uuid[],
): Promise<OrderLineRow[]> =>
  lineRows(db).where('order_id', 'in', orderIds).orderBy('order_id').orderBy('position').execute()

/** The order lines with these ids, of orders within the scope. */
export const orderLinesByIds = (
  db: Executor<'order_line' | 'order'>,
  scope: OrderScope,
  ids: readonly Uuid[],
): Promise<OrderLineRow[]> =>
  lineRows(db)
    .where('order_line.id', 'in', ids)
    .where((eb) => inScope(scope)(eb as never))
    .execute()

/** What a promotion took off an order, and where. */
export interface OrderApplicationRow {
  readonly orderId: Uuid
  readonly promotionId: Uuid
  readonly name: string
  readonly class: PromotionClass
  readonly couponCode: string | null
  readonly amount: bigint
  readonly points: bigint
  /** `lineId` is `null` for delivery; amounts are minor units, which fit a JSON number. */
  readonly allocations: readonly { readonly lineId: Uuid | null; readonly amountMinor: number }[]
}

/** What promotions took off these orders, in the order they were reckoned. The caller has seen the orders. */
export const applicationsOfOrders = (
  db: Executor<'order_application'>,
  orderIds: readonly Uuid[],
): Promise<OrderApplicationRow[]> =>
  db
    .selectFrom('order_application')
    .select([
      'order_id as orderId',
      'promotion_id as promotionId',
      'name',
      'class',
      'coupon_code as couponCode',
      'amount_minor as amount',
      'points',
      'allocations',
    ])
    .$castTo<OrderApplicationRow>()
    .where('order_id', 'in', orderIds)
    .orderBy('order_id')
    .orderBy('position')
    .execute()
