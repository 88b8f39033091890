import { variantFacts, toSoldVariants } from '@hilo/catalog'
import { channelsByIds, marketTerms, toPricingTerms } from '@hilo/channels'
import { activeCarts, priceLinesWith } from '@hilo/carts'
import { type Context, readTogether } from '@hilo/db'
import type { Channel, Uuid } from '@hilo/kernel'
import { variantCosts } from '@hilo/prices'
import { price, type PromotionDefinition, type PromotionInput } from '@hilo/pricing'
import { askersFacts, compileDraft, promotionVersions, readDraftGifts } from '@hilo/promotions'
import { countPastOrders, type PastOrder, pastOrders } from './past-orders.ts'
import { type KnownNow, repriceOrder, versionOf, withDraft } from './reprice-order.ts'
import type { Simulation, SimulationResult } from './simulation.ts'
import { createTally, type Tally } from './tally.ts'

/** Orders that are read and held at once. */
const BATCH = 100
/** Carts at most: prices and promotions are read for each, as they would be when its owner looks. */
const MAX_CARTS = 5_000

/** A draft that is tried. */
export interface Trial {
  readonly simulation: Pick<
    Simulation,
    'promotionId' | 'definition' | 'channelIds' | 'since' | 'until' | 'maxOrders'
  >
  /** Called after each batch of orders or carts, with how many orders are done; false ends it. */
  readonly progress: (done: number, total: number) => Promise<boolean>
}

/**
 * The draft as if it held all the time and for everybody who fits: without its dates, and without the code or the offer
 * that would start it. So it is the most that it can cost.
 */
const draftOf = ({ promotionId, definition }: Trial['simulation']): PromotionInput => {
  const { startsAt: _startsAt, endsAt: _endsAt, ...rest } = definition
  const held: PromotionDefinition = { ...rest, trigger: 'AUTOMATIC' }
  return compileDraft(promotionId, held)
}

const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)]

/** What orders of a batch are reckoned with, beside themselves: a few statements for the whole batch. */
const readKnown = async (
  ctx: Context,
  orders: readonly PastOrder[],
  channels: ReadonlyMap<Uuid, Channel>,
) => {
  const variantIds = distinct(orders.flatMap(({ lines }) => lines.map(({ variantId }) => variantId)))
  const applied = orders.flatMap(({ applications }) => applications)
  const { facts } = await readTogether(ctx.db, {
    facts: variantFacts({ variantIds, channelId: orders[0]!.channelId, now: ctx.now() }),
  })
  const [promotions, costs, factsOf] = await Promise.all([
    promotionVersions(ctx.db, applied),
    variantCosts(ctx.db, variantIds),
    askersFacts(ctx.db, orders, ctx.now()),
  ])
  const rates = new Map<string, number>()
  for (const order of orders) {
    const { id: marketId } = channels.get(order.channelId)!.market
    const rateKey = `${marketId} ${order.country}`
    if (!rates.has(rateKey)) {
      const { terms } = await readTogether(ctx.db, {
        terms: marketTerms({ marketId, country: order.country }),
      })
      rates.set(rateKey, toPricingTerms(terms).taxRates['STANDARD'] ?? 0)
    }
  }
  const shared = {
    facts: new Map(toSoldVariants(facts).map((variant) => [variant.variantId, variant])),
    promotions: new Map(promotions.map((each) => [versionOf(each.id, each.version), each])),
  }
  return {
    costs,
    knownOf: (order: PastOrder): KnownNow => ({
      ...shared,
      channel: channels.get(order.channelId)!,
      asker: factsOf(order),
      deliveryRatePpm: rates.get(`${channels.get(order.channelId)!.market.id} ${order.country}`)!,
    }),
  }
}

type Gifts = Awaited<ReturnType<typeof readDraftGifts>>

/** Goes through the orders, batch by batch; gives how many, or −1 when it was ended before. */
const tryOrders = async (
  ctx: Context,
  trial: Trial,
  { tally, draft, channels, gifts }: Ground,
): Promise<number> => {
  const { simulation, progress } = trial
  const all = await countPastOrders(ctx.db, simulation)
  const total = Math.min(all, simulation.maxOrders)
  let done = 0
  let after: PastOrder | undefined
  while (done < total) {
    const orders = await pastOrders(ctx.db, simulation, { after, limit: Math.min(BATCH, total - done) })
    if (orders.length === 0) return done
    const { knownOf, costs } = await readKnown(ctx, orders, channels)
    for (const order of orders) {
      const { cart, context, snapshot } = repriceOrder(order, knownOf(order))
      tally.add({
        kind: 'orders',
        before: price(cart, context, snapshot),
        after: price(cart, context, withDraft(snapshot, draft, gifts.get(order.channelId)!)),
        at: order.placedAt,
        order: { id: order.id, number: order.number, total: BigInt(order.total) },
        costs: costs.get(order.currency) ?? new Map(),
      })
    }
    done += orders.length
    after = orders.at(-1)
    if (!(await progress(done, total))) return -1
  }
  return done
}

interface Ground {
  readonly tally: Tally
  readonly draft: PromotionInput
  readonly channels: ReadonlyMap<Uuid, Channel>
  readonly gifts: ReadonlyMap<Uuid, Gifts>
}

/** Reckons the carts that are open, as their owners would see them now; false when it was ended before. */
const tryCarts = async (
  ctx: Context,
  { simulation, progress }: Trial,
  { orders, ...ground }: Ground & { readonly orders: number },
): Promise<boolean> => {
  const limit = Math.min(simulation.maxOrders, MAX_CARTS)
  for await (const carts of activeCarts(ctx.db, { ...simulation, limit })) {
    const variantIds = distinct(carts.flatMap(({ lines }) => lines.map(({ variantId }) => variantId)))
    const [costs, factsOf] = await Promise.all([
      variantCosts(ctx.db, variantIds),
      askersFacts(
        ctx.db,
        carts.map(({ customerId }) => ({ customerId })),
        ctx.now(),
      ),
    ])
    for (const cart of carts) {
      const { id: cartId, channelId, customerId } = cart
      const [before, after] = await priceLinesWith(
        { ...ctx, channel: ground.channels.get(channelId)! },
        { ...cart, cartId, couponCodes: cart.coupons, asker: factsOf({ customerId }) },
        [
          (snapshot) => snapshot,
          (snapshot) => withDraft(snapshot, ground.draft, ground.gifts.get(channelId)!),
        ],
      )
      ground.tally.add({
        kind: 'carts',
        before: before!,
        after: after!,
        at: cart.updatedAt,
        costs: costs.get(before!.currency) ?? new Map(),
      })
    }
    if (!(await progress(orders, orders))) return false
  }
  return true
}

/**
 * Prices the orders and open carts of a period with and without a draft through the one price function, in bounded
 * memory; nothing is written. `undefined` when it was ended before the end.
 */
export const runTrial = async (ctx: Context, trial: Trial): Promise<SimulationResult | undefined> => {
  const { simulation } = trial
  const tally = createTally()
  const draft = draftOf(simulation)
  const channels = new Map(
    (await channelsByIds(ctx.db, simulation.channelIds)).map((channel) => [channel.id, channel]),
  )
  const gifts = new Map<Uuid, Gifts>()
  for (const [id, channel] of channels) gifts.set(id, await readDraftGifts({ ...ctx, channel }, draft))
  const ground = { tally, draft, channels, gifts }
  const orders = await tryOrders(ctx, trial, ground)
  if (orders < 0) return undefined
  return (await tryCarts(ctx, trial, { ...ground, orders })) ? tally.result() : undefined
}
