import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { shelfPrice, type ShelfPrice } from '@hilo/pricing'
import { lowestBefore } from './price-history.ts'
import { priceHistories } from './price-history-queries.ts'
import { pricingSnapshot } from './pricing-snapshot.ts'

/** How many units of a variant are asked about. */
export interface ShelfQuestion {
  readonly variantId: Uuid
  /** Default 1. */
  readonly quantity?: number
}

/** What a variant costs here and now, for who asks. */
export interface ShelfAnswer extends ShelfPrice {
  /** Minor units; only for a price that is reduced and that was sold before. */
  readonly lowestPrice30d: bigint | undefined
}

/**
 * The shelf prices of any number of variants in a constant number of statements, through the one price function.
 * Answers in the order asked; `undefined` for what is not sold here.
 */
export const shelfPrices = async (
  ctx: Context,
  questions: readonly ShelfQuestion[],
): Promise<(ShelfPrice | undefined)[]> => {
  const variantIds = [...new Set(questions.map(({ variantId }) => variantId))]
  const { variants, context, snapshot } = await pricingSnapshot(ctx, { variantIds })
  return questions.map(({ variantId, quantity = 1 }) => {
    const facts = variants.get(variantId)
    return facts && shelfPrice({ ...facts, quantity }, context, snapshot)
  })
}

const isReduced = (shelf: ShelfPrice | undefined): shelf is ShelfPrice =>
  shelf !== undefined && shelf.line.unit < shelf.line.unitList

/** `shelfPrices`, and for reduced ones the lowest price of the 30 days before: one statement more, if there are any. */
export const shelfAnswers = async (
  ctx: Context,
  questions: readonly ShelfQuestion[],
): Promise<(ShelfAnswer | undefined)[]> => {
  const shelves = await shelfPrices(ctx, questions)
  const reduced = [...new Set(shelves.filter(isReduced).map(({ line }) => line.variantId))]
  const histories =
    reduced.length === 0
      ? new Map<Uuid, never[]>()
      : await priceHistories(ctx.db, {
          channelId: ctx.channel.id,
          currency: ctx.channel.market.currency,
          variantIds: reduced,
        })
  const now = ctx.now()
  return shelves.map(
    (shelf) =>
      shelf && {
        ...shelf,
        lowestPrice30d: isReduced(shelf)
          ? lowestBefore(histories.get(shelf.line.variantId) ?? [], { amountMinor: shelf.line.unit, now })
          : undefined,
      },
  )
}
