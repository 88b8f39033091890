import type { Uuid } from '@hilo/kernel'
import { availableOf, type StockLevel } from './stock.ts'

/** Stock of a variant at a location that may serve the demand. */
export interface LocatedStock extends StockLevel {
  readonly locationId: Uuid
  readonly variantId: Uuid
  readonly sku: string
  /** The smaller is taken from first. */
  readonly priority: number
}

/** How many to reserve where. */
export interface Take {
  readonly locationId: Uuid
  readonly variantId: Uuid
  readonly sku: string
  readonly quantity: number
}

/** A variant of which there is less than asked for. */
export interface Shortage {
  readonly variantId: Uuid
  readonly requested: number
  readonly available: number
}

const byPriority = (a: LocatedStock, b: LocatedStock): number =>
  a.priority - b.priority || (a.locationId < b.locationId ? -1 : 1)

const takeFrom = (rows: readonly LocatedStock[], quantity: number): Take[] => {
  const whole = rows.find((row) => availableOf(row) >= quantity)
  const takes: Take[] = []
  let left = quantity
  for (const row of whole ? [whole] : rows) {
    const part = Math.min(left, availableOf(row))
    if (part === 0) continue
    takes.push({ locationId: row.locationId, variantId: row.variantId, sku: row.sku, quantity: part })
    left -= part
  }
  return takes
}

/**
 * Chooses the locations that serve a demand: per variant the first by priority that has it all, else as many as
 * needed in that order. All or nothing: the first variant that falls short is the answer instead.
 */
export const planReservation = (
  demand: ReadonlyMap<Uuid, number>,
  stock: readonly LocatedStock[],
): { readonly takes: readonly Take[]; readonly shortage: Shortage | undefined } => {
  const byVariant = Map.groupBy(stock, ({ variantId }) => variantId)
  const takes: Take[] = []
  for (const [variantId, requested] of demand) {
    const rows = (byVariant.get(variantId) ?? []).toSorted(byPriority)
    const available = rows.reduce((sum, row) => sum + availableOf(row), 0)
    if (available < requested) return { takes: [], shortage: { variantId, requested, available } }
    takes.push(...takeFrom(rows, requested))
  }
  return { takes, shortage: undefined }
}
