import { currency, type Uuid } from '@hilo/kernel'
import { derivePrice } from '@hilo/pricing'
import type { ListDerivation } from './price-list.ts'

/** What of a list matters to derive its rows. */
export interface DerivingList {
  readonly id: Uuid
  readonly derivation: ListDerivation | null
}

/** A row as a list has it: its own, or one that follows from its base's. */
interface ListedRow {
  readonly variantId: Uuid
  readonly priceListId: Uuid
  readonly currency: string
  readonly minQuantity: number
  readonly amountMinor: bigint
}

/** What became of a row on its way from the list that owns it. */
export interface Inherited {
  /** True when it follows from the row of another list. */
  readonly derived: boolean
  /** True when the list, or one on the way, has a row of its own for this quantity. */
  readonly overridden: boolean
}

const placeOf = ({ variantId, minQuantity }: ListedRow): string => `${variantId} ${minQuantity}`

/**
 * The rows of any of these lists, their own first, and then those that follow from the lists they derive from, with
 * amounts derived and rounded at each step. `lists` must hold every list on the way. A row of its own for the same
 * variant and quantity that `holds` overrides what follows.
 */
export const rowsByList = <Row extends ListedRow>(
  lists: ReadonlyMap<Uuid, DerivingList>,
  rows: readonly Row[],
  holds: (row: Row) => boolean,
): ((id: Uuid) => readonly (Row & Inherited)[]) => {
  const owned = Map.groupBy(rows, ({ priceListId }) => priceListId)
  const made = new Map<Uuid, readonly (Row & Inherited)[]>()
  const ownOf = (id: Uuid): (Row & Inherited)[] =>
    (owned.get(id) ?? []).map((row) => ({ ...row, derived: false, overridden: false }))
  const rowsOf = (id: Uuid): readonly (Row & Inherited)[] => {
    const known = made.get(id)
    if (known) return known
    const own = ownOf(id)
    const derivation = lists.get(id)?.derivation
    if (derivation) {
      const taken = new Set(own.filter(holds).map(placeOf))
      for (const row of rowsOf(derivation.baseId)) {
        own.push({
          ...row,
          priceListId: id,
          amountMinor: derivePrice(row.amountMinor, derivation, currency(row.currency)),
          derived: true,
          overridden: row.overridden || taken.has(placeOf(row)),
        })
      }
    }
    made.set(id, own)
    return own
  }
  return rowsOf
}
