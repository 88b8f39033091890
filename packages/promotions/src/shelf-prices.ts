import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type PricedLine, shelfPrice, type ShelfPrice, type VariantFacts } from '@hilo/pricing'
import { lowestBefore } from './price-history.ts'
import { priceHistories, type VariantShelf } from './price-history-queries.ts'
import { type PricingFacts, pricingSnapshot } from './pricing-snapshot.ts'

/** How many units of a variant are asked about. */
export interface ShelfQuestion {
  readonly variantId: Uuid
  /** Default one piece, or one whole measure. */
  readonly quantity?: number | undefined
}

/** A shelf price, and from how many units on it is this one. */
export interface PricedShelf extends ShelfPrice {
  /** The fewest units at which one costs the same; worked out when it is asked for. */
  readonly lowestQuantity: () => number
}

/**
 * The shelf prices of any number of variants in a constant number of statements, through the one price function.
 * Answers in the order asked; `undefined` for what is not sold here.
 */
export const shelfPrices = async (
  ctx: Context,
  questions: readonly ShelfQuestion[],
): Promise<(PricedShelf | undefined)[]> => {
  const variantIds = [...new Set(questions.map(({ variantId }) => variantId))]
  const { variants, context, snapshot } = await pricingSnapshot(ctx, { variantIds })
  return questions.map(({ variantId, quantity }) => {
    const facts = variants.get(variantId)
    const shelf = facts && shelfPrice({ ...facts, ...(quantity && { quantity }) }, context, snapshot)
    return shelf && { ...shelf, lowestQuantity: () => lowestQuantity(facts, shelf, { context, snapshot }) }
  })
}

/** Where the tier of a price begins, when promotions of the shelf leave one unit there at the same price. */
const lowestQuantity = (
  facts: VariantFacts,
  { line }: ShelfPrice,
  { context, snapshot }: Pick<PricingFacts, 'context' | 'snapshot'>,
): number => {
  const rows = snapshot.prices.get(line.variantId) ?? []
  const row = rows.find(({ id }) => id === line.priceId)
  const tier = row ? Math.max(row.minQuantity, row.fromQuantity ?? 0) : line.quantity
  if (tier >= line.quantity) return line.quantity
  const fewest = shelfPrice({ ...facts, quantity: tier }, context, snapshot)
  return fewest?.line.unit === line.unit && fewest.line.unitList === line.unitList ? tier : line.quantity
}

/** True when a price on the shelf is below its list price, which the law has its say about. */
export const isReduced = ({ line }: { readonly line: Pick<PricedLine, 'unit' | 'unitList'> }): boolean =>
  line.unit < line.unitList

/** A shelf with what it asks, and when: minor units. */
export interface ReducedShelf extends VariantShelf {
  readonly amountMinor: bigint
  readonly at: Date
}

/**
 * The lowest price of the 30 days before for reduced shelves of any channels, in one statement; minor units in the order
 * given, and `undefined` for what was not sold before.
 */
export const lowestPrices = async (
  ctx: Context,
  shelves: readonly ReducedShelf[],
): Promise<(bigint | undefined)[]> => {
  if (shelves.length === 0) return []
  const histories = await priceHistories(ctx.db, shelves)
  return shelves.map(({ amountMinor, at }, index) =>
    lowestBefore(histories[index]!, { amountMinor, now: at }),
  )
}
