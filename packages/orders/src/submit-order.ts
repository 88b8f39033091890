import { type Address, cartProblems, type Line, priceLines, shelfDemand } from '@hilo/carts'
import { takesOf } from '@hilo/catalog'
import { appendEvents, command, type Context, type NewEvent } from '@hilo/db'
import { reserveStock } from '@hilo/inventory'
import { encodeId, money, type Money, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import type { Place, PricedCart } from '@hilo/pricing'
import { type AppliedPromotion, claimPromotions } from '@hilo/promotions'
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
  readonly place?: Place | null
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
  known: Pick<OrderDraft, 'priced' | 'missedGifts' | 'goods' | 'quotes' | 'snapshots'>,
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

/** What each application uses up: the promotion, and the code or the offer that started it. */
const usesOf = ({ applications, offers }: PricedCart): AppliedPromotion[] =>
  applications.map(({ promotionId, couponCode, amount }) => ({
    promotionId,
    couponCode,
    amount,
    offerId: offers.find((offer) => offer.outcome === 'APPLIED' && offer.promotionId === promotionId)
      ?.offerId,
  }))

/** Uses up promotions and promises stock: rows that others wait for, so nothing slow comes after. */
const claim = async (ctx: Context, draft: OrderDraft): Promise<Result<readonly NewEvent[]>> => {
  const { id: orderId, cartId, customerId, email, priced } = draft
  const claimed = await claimPromotions(ctx, {
    orderId,
    cartId,
    customerId,
    email,
    currency: priced.currency,
    applications: usesOf(priced),
  })
  if (!claimed.ok) return claimed
  const reserved = await reserveStock(ctx, {
    cause: 'order',
    causeId: orderId,
    channelId: draft.channel.id,
    demand: shelfDemand(priced.lines, draft.goods),
  })
  return reserved.ok ? ok([...claimed.value, ...reserved.value]) : reserved
}

/** A draft whose claims hold, and their events. */
interface Claimed {
  readonly draft: OrderDraft
  readonly events: readonly NewEvent[]
}

/** Reads what gifts and the components of bundles are called, beside what is known already. */
const withOthers = async (
  ctx: Context,
  snapshots: OrderDraft['snapshots'],
  { priced, goods }: Pick<OrderDraft, 'priced' | 'goods'>,
): Promise<OrderDraft['snapshots']> => {
  const parts = priced.lines.flatMap(({ variantId }) => goods.get(variantId)?.parts ?? [])
  const others = [...priced.gifts, ...parts].map(({ variantId }) => variantId)
  const unknown = [...new Set(others.filter((variantId) => !snapshots.has(variantId)))]
  return unknown.length === 0
    ? snapshots
    : new Map([...snapshots, ...(await variantSnapshots(ctx.db, unknown, ctx))])
}

/** Prices a submission, lets its caller judge the total, and makes its claims. */
const claimSubmission = async (
  ctx: Context,
  submission: Submission,
  giftLimits: ReadonlyMap<Uuid, number> = new Map(),
): Promise<Result<Claimed>> => {
  const { lines, coupons: couponCodes } = submission
  const country = deliveryCountry(ctx, submission)
  const variantIds = [...new Set(lines.map(({ variantId }) => variantId))]
  const [pricedLines, snapshots] = await Promise.all([
    priceLines(ctx, { ...submission, couponCodes, country, giftLimits }),
    variantSnapshots(ctx.db, variantIds, ctx),
  ])
  const { priced, missedGifts, goods, quotes } = pricedLines
  const [problem] = cartProblems(lines, pricedLines, ctx.channel)
  if (problem) return { ok: false, error: problem }
  const accepted = submission.accept(money(priced.totals.total, priced.currency))
  if (!accepted.ok) return accepted
  const known = {
    priced,
    missedGifts,
    goods,
    quotes,
    snapshots: await withOthers(ctx, snapshots, pricedLines),
  }
  const draft = draftOf(ctx, submission, known)
  if (draft.test) return ok({ draft, events: [] })
  if (priced.gifts.length === 0) {
    const claimed = await claim(ctx, draft)
    return claimed.ok ? ok({ draft, events: claimed.value }) : claimed
  }
  // Behind a savepoint: what a gift would have used up is given back when the last one went to somebody else meanwhile.
  const claimed = await command(ctx, { operation: 'claim', input: null }, (inner) => claim(inner, draft))
  if (claimed.ok) return ok({ draft, events: claimed.value })
  const fewer = claimed.error.code === 'OUT_OF_STOCK' && fewerGifts(pricedLines, claimed.error.data['sku'])
  return fewer ? claimSubmission(ctx, submission, new Map([...giftLimits, fewer])) : claimed
}

/** The gift that takes what there is too little of from the shelf, and how many of it are left without the last promotion's. */
const fewerGifts = (
  { priced: { gifts }, goods }: Pick<OrderDraft, 'priced' | 'goods'>,
  sku: unknown,
): readonly [Uuid, number] | undefined => {
  const gone = gifts.find(({ variantId }) => takesOf(goods.get(variantId)!).some((take) => take.sku === sku))
  const given = gifts.filter(({ variantId }) => variantId === gone?.variantId)
  return gone && [gone.variantId, given.slice(0, -1).reduce((sum, { quantity }) => sum + quantity, 0)]
}

/**
 * Makes an order of a cart in the caller's `command()`: price, claims, stock, snapshot, events. All or nothing, since
 * a refusal rolls back; only a gift that is out of stock is left out. A test order is priced and stored like any other,
 * but uses up no promotion and no stock.
 */
export const submitOrder = async (ctx: Context, submission: Submission): Promise<Result<PlacedOrder>> => {
  const claimed = await claimSubmission(ctx, submission)
  if (!claimed.ok) return claimed
  const { draft, events } = claimed.value
  const total = money(draft.priced.totals.total, draft.priced.currency)
  const number = await insertOrder(ctx.db, draft)
  await appendEvents(ctx, [placed(draft, number), ...(submission.events ?? []), ...events])
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
