import type { SoldGoods } from '@hilo/carts'
import type { Fulfilment, Scale } from '@hilo/catalog'
import type { Uuid } from '@hilo/kernel'
import type { VariantSnapshot } from './variant-snapshots.ts'

/** A component of a bundle as it was bought, in one unit of the line. JSON, kept with the line. */
export interface BoughtComponent {
  readonly variantId: Uuid
  readonly sku: string
  readonly name: string
  readonly quantity: number
  /** Null when it is sold by the piece. */
  readonly measure: Scale | null
}

/** What kind of goods a line is, as it was. */
export interface LineGoods {
  readonly fulfilment: Fulfilment
  readonly measure: Scale | null
  readonly components: readonly BoughtComponent[] | null
}

const nameOf = ({ name, variantName }: VariantSnapshot): string =>
  [name, variantName].filter(Boolean).join(', ')

/** What is kept with a line of the kind of goods that it is. */
export const goodsOfLine = (
  variantId: Uuid,
  goods: SoldGoods,
  snapshots: ReadonlyMap<Uuid, VariantSnapshot>,
): LineGoods => {
  const { fulfilment, measure, parts } = goods.get(variantId)!
  return {
    fulfilment: parts.some((part) => part.fulfilment === 'PHYSICAL')
      ? 'PHYSICAL'
      : (parts[0]?.fulfilment ?? fulfilment),
    measure: measure ? { unit: measure.unit, scale: measure.scale } : null,
    components:
      parts.length > 0
        ? parts.map((part) => ({
            variantId: part.variantId,
            sku: part.sku,
            name: nameOf(snapshots.get(part.variantId)!),
            quantity: part.quantity,
            measure: part.unit && { unit: part.unit, scale: part.scale },
          }))
        : null,
  }
}
