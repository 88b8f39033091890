import { ok, type Result, type Uuid } from '@hilo/kernel'
import { INVENTORY, MAX_ON_HAND } from './errors.ts'

/** Pieces of a variant at a location. */
export interface StockLevel {
  /** What stands on the shelf. */
  readonly onHand: number
  /** What of it is promised to orders. */
  readonly reserved: number
  /** What is never sold through a channel: a margin for miscounts. */
  readonly safety: number
}

/** What can still be sold: on hand − reserved − safety, never below 0. */
export const availableOf = ({ onHand, reserved, safety }: StockLevel): number =>
  Math.max(0, onHand - reserved - safety)

/** How an availability is shown. */
export const AVAILABILITY_STATUSES = ['IN_STOCK', 'LOW_STOCK', 'OUT_OF_STOCK'] as const

/** How an availability is shown. */
export type AvailabilityStatus = (typeof AVAILABILITY_STATUSES)[number]

/** At this many pieces, or whole measures, and fewer, and above 0, stock is low. */
export const LOW_STOCK = 5

/** The most pieces, or whole measures, that those outside the shop are told of. */
export const SHOWN_AT_MOST = 10

/** The largest quantity that an answer can hold; of what is not counted there is always as much. */
export const MAX_QUANTITY_TOLD = 2_147_483_647

/** What a channel can sell of a variant. */
export interface Availability {
  readonly variantId: Uuid
  /** In units of 10^-scale of a measured variant. */
  readonly quantity: number
  readonly scale: number
  /** False: there is always enough of it, and `quantity` is the largest that can be told. */
  readonly counted: boolean
}

/** The status that a quantity is shown with; `scale` is that of the measure, 0 for pieces. */
export const statusOf = ({
  quantity,
  scale,
}: Pick<Availability, 'quantity' | 'scale'>): AvailabilityStatus => {
  if (quantity <= 0) return 'OUT_OF_STOCK'
  return quantity <= LOW_STOCK * 10 ** scale ? 'LOW_STOCK' : 'IN_STOCK'
}

/** Supplies by the variant that needs them: as many can be sold as the scarcest of its components allows. */
export const toAvailabilities = (
  supplies: readonly {
    readonly wantedId: Uuid
    readonly scale: number
    readonly takes: number
    readonly counted: boolean
    readonly available: number
  }[],
): Availability[] =>
  [...Map.groupBy(supplies, ({ wantedId }) => wantedId)].map(([variantId, parts]) => {
    const counted = parts.filter((part) => part.counted)
    const each = counted.map(({ available, takes }) => Math.floor(available / takes))
    return {
      variantId,
      quantity: Math.min(MAX_QUANTITY_TOLD, ...each),
      scale: parts[0]!.scale,
      counted: counted.length > 0,
    }
  })

/** How many of each variant all lines together need: two lines of one variant count as one demand. */
export const sumDemand = (
  lines: readonly { readonly variantId: Uuid; readonly quantity: number }[],
): Map<Uuid, number> => {
  const demand = new Map<Uuid, number>()
  for (const { variantId, quantity } of lines) {
    demand.set(variantId, (demand.get(variantId) ?? 0) + quantity)
  }
  return demand
}

/** The change that brings a level to a new count, or why it cannot be. */
export const countTo = (level: StockLevel, onHand: number, path: readonly string[]): Result<number> => {
  if (onHand < 0) return INVENTORY.refuse('STOCK_NEGATIVE', { onHand }, path)
  if (onHand > MAX_ON_HAND) return INVENTORY.refuse('STOCK_TOO_LARGE', { max: MAX_ON_HAND }, path)
  if (onHand < level.reserved) {
    return INVENTORY.refuse('STOCK_BELOW_RESERVED', { onHand, reserved: level.reserved }, path)
  }
  return ok(onHand - level.onHand)
}

/** The same change as a difference: goods that came or went. */
export const changeBy = (level: StockLevel, delta: number, path: readonly string[]): Result<number> =>
  delta === 0 ? INVENTORY.refuse('STOCK_DELTA_ZERO', {}, path) : countTo(level, level.onHand + delta, path)
