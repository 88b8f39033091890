import { currency, MAX_QUANTITY, type Uuid } from '@hilo/kernel'
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
  readonly maxQuantity: number | null
  readonly amountMinor: bigint
}

/** What became of a row on its way from the list that owns it. */
export interface Inherited {
  /** True when it follows from the row of another list. */
  readonly derived: boolean
  /** True when the list, or one on the way, has a row of its own for all of these quantities. */
  readonly overridden: boolean
  /** Units from which it holds, when such a row of its own stands for fewer. */
  readonly fromQuantity?: number
}

const placeOf = ({ variantId, minQuantity }: ListedRow): string => `${variantId} ${minQuantity}`

/** A row that follows, beside the row of its own that a list has for the same place. */
const beside = <Row extends ListedRow & Inherited>(row: Row, own: ListedRow | undefined): Row => {
  if (!own || row.overridden) return row
  const fromQuantity = Math.max(row.fromQuantity ?? 0, (own.maxQuantity ?? Infinity) + 1)
  return fromQuantity > (row.maxQuantity ?? MAX_QUANTITY)
    ? { ...row, overridden: true }
    : { ...row, fromQuantity }
}

/**
 * The rows of any of these lists, their own first, and then those that follow from the lists they derive from, with
 * amounts derived and rounded at each step. `lists` must hold every list on the way. A row of its own from the same
 * quantity on that `holds` overrides what follows, up to its greatest quantity.
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
      const taken = new Map(own.filter(holds).map((row) => [placeOf(row), row]))
      for (const row of rowsOf(derivation.baseId)) {
        const follows = {
          ...row,
          priceListId: id,
          amountMinor: derivePrice(row.amountMinor, derivation, currency(row.currency)),
          derived: true,
        }
        own.push(beside(follows, taken.get(placeOf(row))))
      }
    }
    made.set(id, own)
    return own
  }
  return rowsOf
}
