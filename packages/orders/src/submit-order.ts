import { type Address, cartProblems, type Line, priceLines } from '@hilo/carts'
import { appendEvents, type Context, type NewEvent } from '@hilo/db'
import { reserveStock, sumDemand } from '@hilo/inventory'
import { encodeId, money, type Money, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { claimPromotions } from '@hilo/promotions'
import { orderEvent } from './events.ts'
import { insertOrder } from './insert-order.ts'
import { cancelByOf } from './order.ts'
import type { OrderDraft, OrderParty } from './order-draft.ts'
import { variantSnapshots } from './variant-snapshots.ts'

/** What becomes an order: a cart that the caller has locked or just made. */
export interface Submission extends Omit<OrderParty, 'country'> {
  readonly cartId: Uuid
  readonly lines: readonly Line[]
  readonly coupons: readonly string[]
  /** Where it goes while no address says so; absent: the market's home country. */
  readonly country: string | null
  readonly cancelWindowMinutes?: number
  readonly test?: boolean
  /** What the caller thinks of the total; a refusal ends it before anything is written. */
  readonly accept: (total: Money) => Result<void>
  /** Events of the caller, appended with those of the order. */
  readonly events?: readonly NewEvent[]
}

/** What became of a submission, for limits that are checked in the same transaction; JSON, kept for replays. */
export interface PlacedOrder {
  readonly orderId: Uuid
  /** What people call the order, such as H-100001. */
  readonly number: string
  /** Minor units of `currency`, as text. */
  readonly totalMinor: string
  readonly currency: string
  /** ISO 8601. */
  readonly cancelBy: string
}

const draftOf = (
  ctx: Context,
  { lines, country, address, cancelWindowMinutes, test = false, ...rest }: Submission,
  known: Pick<OrderDraft, 'priced' | 'snapshots'>,
): OrderDraft => {
  const placedAt = ctx.now()
  return {
    ...rest,
    id: newId(),
    lines,
    address,
    country: deliveryCountry(ctx, { country, address }),
    test,
    channel: ctx.channel,
    locale: ctx.locale,
    languages: ctx.languages,
    placedAt,
    cancelBy: cancelByOf(placedAt, cancelWindowMinutes),
    ...known,
  }
}

const deliveryCountry = (
  { channel }: Context,
  { country, address }: { readonly country: string | null; readonly address: Address | null },
): string => address?.country ?? country ?? channel.market.countries[0]!

/** Uses up promotions and promises stock: rows that others wait for, so nothing slow comes after. */
const claim = async (ctx: Context, draft: OrderDraft): Promise<Result<readonly NewEvent[]>> => {
  const { id: orderId, customerId, email, priced } = draft
  const claimed = await claimPromotions(ctx, {
    orderId,
    customerId,
    email,
    applications: priced.applications,
  })
  if (!claimed.ok) return claimed
  const reserved = await reserveStock(ctx, {
    cause: 'order',
    causeId: orderId,
    channelId: draft.channel.id,
    demand: sumDemand(draft.lines),
  })
  return reserved.ok ? ok([...claimed.value, ...reserved.value]) : reserved
}

/**
 * Makes an order of a cart in the caller's `command()`: price, claims, stock, snapshot, events. All or nothing, since
 * a refusal rolls back. A test order is priced and stored like any other, but uses up no promotion and no stock.
 */
export const submitOrder = async (ctx: Context, submission: Submission): Promise<Result<PlacedOrder>> => {
  const { lines, coupons, customerId, email } = submission
  const country = deliveryCountry(ctx, submission)
  const variantIds = [...new Set(lines.map(({ variantId }) => variantId))]
  const [{ priced }, snapshots] = await Promise.all([
    priceLines(ctx, { lines, couponCodes: coupons, customerId, email, country }),
    variantSnapshots(ctx.db, variantIds, ctx),
  ])
  const [problem] = cartProblems(lines, priced, ctx.channel)
  if (problem) return { ok: false, error: problem }
  const total = money(priced.totals.total, priced.currency)
  const accepted = submission.accept(total)
  if (!accepted.ok) return accepted
  const draft = draftOf(ctx, submission, { priced, snapshots })
  const claimed = draft.test ? ok([]) : await claim(ctx, draft)
  if (!claimed.ok) return claimed
  const number = await insertOrder(ctx.db, draft)
  await appendEvents(ctx, [placed(draft, number), ...(submission.events ?? []), ...claimed.value])
  return ok({
    orderId: draft.id,
    number,
    totalMinor: total.amountMinor.toString(),
    currency: total.currency,
    cancelBy: draft.cancelBy.toISOString(),
  })
}

const placed = (draft: OrderDraft, number: string): NewEvent =>
  orderEvent(
    {
      ...draft,
      number,
      channelId: draft.channel.id,
      currency: draft.priced.currency,
      total: draft.priced.totals.total,
    },
    {
      type: 'OrderPlaced.v1',
      more: {
        channel: encodeId('channel', draft.channel.id),
        lines: draft.priced.lines.map(({ sku, quantity }) => ({ sku, quantity })),
        cancelBy: draft.cancelBy.toISOString(),
      },
    },
  )
