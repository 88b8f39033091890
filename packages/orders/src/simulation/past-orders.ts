import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PromotionClass } from '@hilo/pricing'
import { sql } from 'kysely'

/** Which orders to look at: those of these channels in a period, neither cancelled nor tests. */
export interface PastRange {
  readonly channelIds: readonly Uuid[]
  readonly since: Date
  readonly until: Date
}

/** A line of an order as it was bought; minor units as text. */
export interface PastLine {
  readonly id: Uuid
  readonly variantId: Uuid
  readonly productId: Uuid
  readonly sku: string
  readonly quantity: number
  readonly priceId: Uuid | null
  readonly unitList: string
  readonly unit: string
  readonly taxRatePpm: number
  /** Minor units of a unit as quoted, of a quote that held when it was ordered. */
  readonly quoted: number | null
}

/** What a promotion did to an order. */
export interface PastApplication {
  readonly promotionId: Uuid
  readonly version: number
  readonly couponCode: string | null
  readonly class: PromotionClass
  readonly allocations: readonly { readonly lineId: Uuid | null; readonly amountMinor: number }[]
}

/** An order with everything it was reckoned from. */
export interface PastOrder {
  readonly id: Uuid
  readonly number: string
  readonly customerId: Uuid | null
  readonly deviceId: Uuid | null
  readonly channelId: Uuid
  readonly country: string
  readonly pricesIncludeTax: boolean
  readonly currency: string
  readonly delivery: string
  readonly total: string
  readonly paymentMethod: string | null
  readonly deliveryMethod: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly placedAt: Date
  /** Orders of the same customer before this one. */
  readonly ordersBefore: number
  readonly lines: readonly PastLine[]
  readonly applications: readonly PastApplication[]
}

type Tables = 'order' | 'order_line' | 'order_application' | 'cart'

const inRange = ({
  channelIds,
  since,
  until,
}: PastRange) => sql`placed.channel_id = any(${channelIds}::uuid[])
  and placed.placed_at >= ${since}::timestamptz and placed.placed_at < ${until}::timestamptz
  and placed.status <> 'CANCELLED' and not placed.test`

/** How many orders there are to look at. */
export const countPastOrders = async (db: Executor<Tables>, range: PastRange): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from "order" as placed where ${inRange(range)}`.execute(db)
  return rows[0]!.count
}

/** The next orders of a range with their lines and what promotions did, the newest first, in one statement. */
export const pastOrders = async (
  db: Executor<Tables>,
  range: PastRange,
  page: { readonly after: Pick<PastOrder, 'placedAt' | 'id'> | undefined; readonly limit: number },
): Promise<PastOrder[]> => {
  const after = page.after
    ? sql`and (placed.placed_at, placed.id) < (${page.after.placedAt}::timestamptz, ${page.after.id}::uuid)`
    : sql``
  const { rows } = await sql<PastOrder>`
    select placed.id, placed.number, placed.customer_id as "customerId", placed.device_id as "deviceId",
      placed.channel_id as "channelId", placed.country, placed.prices_include_tax as "pricesIncludeTax",
      placed.currency, placed.delivery_minor::text as delivery, placed.total_minor::text as total,
      placed.payment_method as "paymentMethod", placed.delivery_method as "deliveryMethod",
      cart.latitude, cart.longitude, placed.placed_at as "placedAt",
      (
        select count(*)::int from "order" as before
        where before.customer_id = placed.customer_id and before.placed_at < placed.placed_at
          and before.status <> 'CANCELLED' and not before.test
      ) as "ordersBefore",
      (
        select coalesce(json_agg(json_build_object('id', line.id, 'variantId', line.variant_id,
          'productId', line.product_id, 'sku', line.sku, 'quantity', line.quantity, 'priceId', line.price_id,
          'unitList', line.unit_list_minor::text, 'unit', line.unit_minor::text, 'taxRatePpm', line.tax_rate_ppm,
          'quoted', line.quote->'unitMinor'
        ) order by line.position), '[]')
        from order_line as line where line.order_id = placed.id and not line.gift
      ) as lines,
      (
        select coalesce(json_agg(json_build_object('promotionId', did.promotion_id, 'version', did.promotion_version,
          'couponCode', did.coupon_code, 'class', did.class, 'allocations', did.allocations
        ) order by did.position), '[]')
        from order_application as did where did.order_id = placed.id
      ) as applications
    from "order" as placed
    join cart on cart.id = placed.cart_id
    where ${inRange(range)} ${after}
    order by placed.placed_at desc, placed.id desc
    limit ${page.limit}`.execute(db)
  return rows
}
