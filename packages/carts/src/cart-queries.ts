import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { Quote } from '@hilo/promotions'
import { sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import type { Address } from './address.ts'
import type { Cart, CartStatus } from './cart.ts'
import { type CartScope, inScope } from './cart-scope.ts'
import type { LineProperties } from './line.ts'

/** The tables that a whole cart is read from. */
export type CartTables = 'cart' | 'cart_line' | 'cart_coupon' | 'coupon' | 'promotion_claim'

const wholeCarts = (db: Executor<CartTables>) =>
  db
    .selectFrom('cart')
    .select((eb) => [
      'cart.id',
      'cart.customer_id as customerId',
      'cart.token_hash as tokenHash',
      'cart.channel_id as channelId',
      'cart.market_id as marketId',
      'cart.status',
      'cart.name',
      'cart.email',
      'cart.country',
      'cart.address',
      'cart.payment_method as paymentMethod',
      'cart.delivery_method as deliveryMethod',
      'cart.latitude',
      'cart.longitude',
      'cart.version',
      'cart.updated_at as updatedAt',
      jsonArrayFrom(
        eb
          .selectFrom('cart_line')
          .select(['cart_line.id', 'variant_id as variantId', 'quantity', 'properties', 'quote'])
          .whereRef('cart_line.cart_id', '=', 'cart.id')
          .orderBy('position'),
      ).as('lines'),
      jsonArrayFrom(
        eb
          .selectFrom('cart_coupon')
          .select('code')
          .whereRef('cart_coupon.cart_id', '=', 'cart.id')
          .orderBy('position'),
      ).as('coupons'),
      jsonObjectFrom(
        eb
          .selectFrom('promotion_claim')
          .innerJoin('coupon', 'coupon.id', 'promotion_claim.coupon_id')
          .select(['coupon.code', 'promotion_claim.expires_at as until'])
          .whereRef('promotion_claim.cart_id', '=', 'cart.id')
          .where('promotion_claim.state', '=', sql.lit('HELD')),
      ).as('hold'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof wholeCarts>['execute']>>[number]

const toCart = ({ latitude, longitude, ...row }: Row): Cart => ({
  ...row,
  place: latitude === null || longitude === null ? null : { latitude, longitude },
  hold: row.hold && { code: row.hold.code, until: new Date(row.hold.until!) },
  status: row.status as CartStatus,
  address: row.address as Address | null,
  lines: row.lines.map(({ quote, properties, ...line }) => ({
    ...line,
    properties: properties as LineProperties,
    quote: quote as Quote | null,
  })),
  coupons: row.coupons.map(({ code }) => code),
})

/** The carts with these ids within the scope, each with its lines and coupons, in one statement. */
export const cartsByIds = async (
  db: Executor<CartTables>,
  scope: CartScope,
  ids: readonly Uuid[],
): Promise<Cart[]> =>
  (await wholeCarts(db).where('cart.id', 'in', ids).where(inScope(scope)).execute()).map(toCart)

/** The cart that goes on in this market: the customer's active one, or the one that the token proves. */
export const activeCart = async (
  db: Executor<CartTables>,
  scope: CartScope,
  marketId: Uuid,
): Promise<Cart | undefined> => {
  const row = await wholeCarts(db)
    .where(inScope({ ...scope, channels: [] }))
    .where('cart.market_id', '=', marketId)
    .where('cart.status', '=', 'ACTIVE')
    .where('cart.name', 'is', null)
    .orderBy('cart.customer_id', (order) => order.asc().nullsLast())
    .limit(1)
    .executeTakeFirst()
  return row && toCart(row)
}

/** Carts of a page, that are held in memory at once. */
const BATCH = 100

/** Pages of the carts with lines that are open in these channels and were touched in a period, in the order of ids. */
export async function* activeCarts(
  db: Executor<CartTables>,
  range: {
    readonly channelIds: readonly Uuid[]
    readonly since: Date
    readonly until: Date
    readonly limit: number
  },
): AsyncGenerator<Cart[], void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (let left = range.limit; left > 0; left -= BATCH) {
    const carts = await wholeCarts(db)
      .where('cart.status', '=', 'ACTIVE')
      .where('cart.channel_id', '=', sql<Uuid>`any(${range.channelIds}::uuid[])`)
      .where('cart.updated_at', '>=', range.since)
      .where('cart.updated_at', '<', range.until)
      .where('cart.id', '>', after)
      .where((eb) =>
        eb.exists(
          eb.selectFrom('cart_line').select('cart_line.id').whereRef('cart_line.cart_id', '=', 'cart.id'),
        ),
      )
      .orderBy('cart.id')
      .limit(Math.min(BATCH, left))
      .execute()
    if (carts.length > 0) yield carts.map(toCart)
    if (carts.length < BATCH) return
    after = carts.at(-1)!.id
  }
}

/** What is looked at before a cart is changed. */
export interface LockedCart {
  readonly id: Uuid
  readonly customerId: Uuid | null
  readonly tokenHash: Uint8Array | null
  readonly status: CartStatus
  readonly channelId: Uuid
  readonly marketId: Uuid
  readonly marketCode: string
  readonly version: number
}

/** Locks carts within the scope until the end of the transaction, in the order of their ids. */
export const lockCarts = (
  db: Executor<'cart' | 'market'>,
  scope: CartScope,
  ids: readonly Uuid[],
): Promise<LockedCart[]> =>
  db
    .selectFrom('cart')
    .innerJoin('market', 'market.id', 'cart.market_id')
    .select([
      'cart.id',
      'cart.customer_id as customerId',
      'cart.token_hash as tokenHash',
      'cart.status',
      'cart.channel_id as channelId',
      'cart.market_id as marketId',
      'market.code as marketCode',
      'cart.version',
    ])
    .$narrowType<{ status: CartStatus }>()
    .where('cart.id', 'in', ids)
    .where((eb) => inScope(scope)(eb as never))
    .orderBy('cart.id')
    .forUpdate('cart')
    .execute()

/** How many lines a cart has beside the one with this id. */
export const lineCount = async (
  db: Executor<'cart_line'>,
  { cartId, except }: { readonly cartId: Uuid; readonly except: Uuid },
): Promise<number> => {
  const { count } = await db
    .selectFrom('cart_line')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('cart_id', '=', cartId)
    .where('id', '<>', except)
    .executeTakeFirstOrThrow()
  return Number(count)
}
