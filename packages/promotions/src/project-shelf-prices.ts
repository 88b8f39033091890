import { variantsHeld } from '@hilo/catalog'
import { channelsByIds } from '@hilo/channels'
import { appendEvents, type Context, type FullExecutor } from '@hilo/db'
import { type Clock, marketReader, newId, SYSTEM, type Uuid } from '@hilo/kernel'
import type { ShelfPrice } from '@hilo/pricing'
import { spreadDue, takeShelves } from './due-shelves.ts'
import { type ShelfPriceChangedPayload, shelfPriceChanged } from './events.ts'
import { latestShelves, type ShelfAmounts } from './price-history-queries.ts'
import { lowestPrices, shelfPrices } from './shelf-prices.ts'

const NOT_SOLD: ShelfAmounts = { amountMinor: null, listMinor: null }

const amountsOf = (shelf: ShelfPrice | undefined): ShelfAmounts =>
  shelf ? { amountMinor: shelf.line.unit, listMinor: shelf.line.unitList } : NOT_SOLD

const toNumber = (amount: bigint | null): number | null => (amount === null ? null : Number(amount))

/** What changed on the shelves of one channel since the projection looked last. */
const changedShelves = async (ctx: Context, variantIds: readonly Uuid[]) => {
  const { id: channelId, market } = ctx.channel
  const shelves = await shelfPrices(
    ctx,
    variantIds.map((variantId) => ({ variantId })),
  )
  const latest = await latestShelves(ctx.db, { channelId, currency: market.currency, variantIds })
  return variantIds.flatMap((variantId, index) => {
    const before = latest.get(variantId) ?? NOT_SOLD
    const now = amountsOf(shelves[index])
    return now.amountMinor === before.amountMinor && now.listMinor === before.listMinor
      ? []
      : [{ variantId, ...now }]
  })
}

/** What a reduced price must be told with. */
const lowestOf = async (
  ctx: Context,
  changes: readonly (ShelfAmounts & { readonly variantId: Uuid })[],
): Promise<ReadonlyMap<Uuid, bigint>> => {
  const { id: channelId, market } = ctx.channel
  const reduced = changes.flatMap(({ variantId, amountMinor, listMinor }) =>
    amountMinor !== null && listMinor !== null && amountMinor < listMinor
      ? [{ channelId, currency: market.currency, variantId, amountMinor, at: ctx.now() }]
      : [],
  )
  const lowest = await lowestPrices(ctx, reduced)
  return new Map(
    reduced.flatMap(({ variantId }, index) => {
      const amount = lowest[index]
      return amount === undefined ? [] : [[variantId, amount] as const]
    }),
  )
}

/** Works out the shelf prices of some variants in one channel; keeps and tells those that changed. */
const projectChannel = async (
  ctx: Context,
  variants: readonly { readonly id: Uuid; readonly sku: string }[],
): Promise<void> => {
  const { id: channelId, code: channelCode, market } = ctx.channel
  const skus = new Map(variants.map(({ id, sku }) => [id, sku]))
  const changes = await changedShelves(ctx, [...skus.keys()])
  if (changes.length === 0) return
  const lowest = await lowestOf(ctx, changes)
  await ctx.db
    .insertInto('price_history')
    .values(
      changes.map(({ variantId, amountMinor, listMinor }) => ({
        variant_id: variantId,
        channel_id: channelId,
        currency: market.currency,
        amount_minor: amountMinor,
        list_minor: listMinor,
        at: ctx.now(),
      })),
    )
    .execute()
  const payloads = changes.map(({ variantId, amountMinor, listMinor }): ShelfPriceChangedPayload => ({
    variantId,
    sku: skus.get(variantId)!,
    channelId,
    channelCode,
    currency: market.currency,
    amountMinor: toNumber(amountMinor),
    listMinor: toNumber(listMinor),
    lowest30dMinor: toNumber(lowest.get(variantId) ?? null),
  }))
  await appendEvents(ctx, payloads.map(shelfPriceChanged))
}

/** Works out shelves of one channel that are due; says how many. */
const projectShelves = async (tx: FullExecutor, clock: Clock): Promise<number> => {
  const due = await takeShelves(tx)
  if (!due) return 0
  const [[channel], variants] = [
    await channelsByIds(tx, [due.channelId]),
    await variantsHeld(tx, due.variantIds),
  ]
  const at = clock()
  await projectChannel(
    {
      db: tx,
      actor: SYSTEM,
      channel: channel!,
      ...marketReader(channel!.market),
      now: () => at,
      correlationId: newId(),
    },
    variants,
  )
  return due.variantIds.length
}

/**
 * Works out what is due on some shelves of a channel, and where that is not what the history says appends to it, with an
 * event: all in one transaction, so a mark is lost only together with its work being done. When no shelf is due, spreads
 * marked variants over theirs. Returns how many of either it took; several processes may do it at once.
 */
export const projectShelfPrices = async (db: FullExecutor, clock: Clock): Promise<number> =>
  (await db.transaction().execute((tx) => projectShelves(tx, clock))) || spreadDue(db)
