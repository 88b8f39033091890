import type { Context, Executor } from '@hilo/db'
import { money, ok, readerIn, type Result, type Uuid } from '@hilo/kernel'
import { placeDirectOrder } from '@hilo/orders'
import { checkQuote, type Quote } from '@hilo/promotions'
import { findBuyer, findWanted, type Buyer, type Wanted, type Wish } from './buyer.ts'
import { DEVICES } from './errors.ts'
import { decideAsked, decideTotal } from './policy.ts'
import { checkSignature, type SignedRequest } from './signed-request.ts'
import { spend } from './spend.ts'

/** What a device asks to buy. */
export interface PurchaseRequest extends Wish {
  /** The most it may cost in all, in minor units. */
  readonly expect?: { readonly max: number; readonly currency: string } | null
  /** The token of `quote`, as it was sent. */
  readonly priceToken?: string | null
  /** The unit price that was quoted. */
  readonly quote?: Quote | null
  /** Only to try: nothing is shipped, no stock taken, nothing spent. */
  readonly test?: boolean | null
  readonly sentAt?: Date | null
  /** The id of the request, which is its idempotency key. */
  readonly idempotencyKey?: string | null
  readonly signed?: SignedRequest | null
  /** True when it came over a broker that does not prove who sends. */
  readonly needsSignature?: boolean | null
}

/** What became of a purchase: a new order, one already under way for the slot, or one that is only a test. */
export const PURCHASE_STATUSES = ['PLACED', 'IN_PROGRESS', 'TEST_PLACED'] as const

/** What became of a purchase. */
export interface Purchase {
  readonly orderId: Uuid
  readonly status: (typeof PURCHASE_STATUSES)[number]
  /** Until when it can be cancelled, ISO 8601. */
  readonly cancelBy: string
}

/** The order that a slot waits for, if any: neither shipped nor cancelled, and not a test. */
const orderInProgress = async (
  db: Executor<'order'>,
  deviceId: Uuid,
  slot: string,
): Promise<Purchase | undefined> => {
  const order = await db
    .selectFrom('order')
    .select(['id', 'cancel_by'])
    .where('device_id', '=', deviceId)
    .where('slot', '=', slot)
    .where('status', '=', 'PLACED')
    .where('test', '=', false)
    .executeTakeFirst()
  return order && { orderId: order.id, status: 'IN_PROGRESS', cancelBy: order.cancel_by.toISOString() }
}

const place = async (
  ctx: Context,
  { buyer, wanted, request, test }: { buyer: Buyer; wanted: Wanted; request: PurchaseRequest; test: boolean },
): Promise<Result<Purchase>> => {
  const { deviceId, policy, channel } = buyer
  const order = await placeDirectOrder(
    { ...ctx, channel, ...readerIn(buyer.locale, channel.market) },
    {
      customerId: buyer.ownerId,
      lines: [{ variantId: wanted.variantId, quantity: wanted.quantity, quote: request.quote ?? null }],
      deviceId,
      slot: wanted.slot,
      cancelWindowMinutes: policy.cancelWindowMinutes,
      test,
    },
  )
  if (!order.ok) return order
  const { orderId, cancelBy } = order.value
  const { currency } = channel.market
  const totalMinor = BigInt(order.value.totalMinor)
  const decided = decideTotal({ policy, expect: request.expect, currency, totalMinor })
  if (!decided.ok) return decided
  if (test) return ok({ orderId, status: 'TEST_PLACED', cancelBy })
  const limit = policy.maxDayMinor ?? 0n
  if (!(await spend(ctx.db, { deviceId, at: ctx.now(), amountMinor: totalMinor }, limit))) {
    return DEVICES.refuse('DAY_LIMIT', { limit: money(limit, currency), amount: money(totalMinor, currency) })
  }
  return ok({ orderId, status: 'PLACED', cancelBy })
}

/**
 * Buys what a device asks for, within what its owner allows. The amount judged is that of the order itself: the order is
 * placed first, and any refusal after it takes it back with the whole transaction. A slot that waits for an order gets
 * that order again (`IN_PROGRESS`). Refuses as `findBuyer`, `checkSignature`, `findWanted`, `decideAsked`, `decideTotal` and
 * `checkQuote` and `placeDirectOrder` do, and with `DAY_LIMIT`.
 */
export const purchase = async (ctx: Context, request: PurchaseRequest): Promise<Result<Purchase>> => {
  const buyer = await findBuyer(ctx, { lock: true })
  if (!buyer.ok) return buyer
  const signed = checkSignature(ctx.now(), buyer.value, request)
  if (!signed.ok) return signed
  const wanted = await findWanted(ctx, buyer.value, request)
  if (!wanted.ok) return wanted
  const { policy, consent, channel, deviceId, ownerId: customerId } = buyer.value
  const { slot, quantity } = wanted.value
  const { expect } = request
  const use = { ...wanted.value, market: channel.market, customerId }
  const quoted = request.quote ? checkQuote(request.quote, use, ['priceToken']) : ok(null)
  if (!quoted.ok) return quoted
  const sentAt = signed.value?.sentAt ?? request.sentAt
  const { currency } = channel.market
  const decided = decideAsked({ policy, consent, quantity, currency, expect, sentAt, now: ctx.now() })
  if (!decided.ok) return decided
  const test = buyer.value.test || request.test === true
  const waiting = slot !== undefined && !test ? await orderInProgress(ctx.db, deviceId, slot) : undefined
  if (waiting) return ok(waiting)
  return place(ctx, { buyer: buyer.value, wanted: wanted.value, request, test })
}
