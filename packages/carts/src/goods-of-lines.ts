import { checkMeasured, isDelivered, type SoldVariant, takesOf } from '@hilo/catalog'
import { sumDemand } from '@hilo/inventory'
import type { Refusal, Uuid } from '@hilo/kernel'

/** How much of a variant. */
interface Wanted {
  readonly variantId: Uuid
  readonly quantity: number
}

/** What is known of what is sold, by variant. */
export type SoldGoods = ReadonlyMap<Uuid, SoldVariant>

/** What lines together take off the shelf: the components of bundles, and nothing of what is not counted. */
export const shelfDemand = (lines: readonly Wanted[], goods: SoldGoods): ReadonlyMap<Uuid, number> =>
  sumDemand(
    lines.flatMap(({ variantId, quantity }) => {
      const sold = goods.get(variantId)
      return (sold ? takesOf(sold) : []).map((take) => ({ ...take, quantity: take.quantity * quantity }))
    }),
  )

/** True when something of it has to be carried to the customer. */
export const needsDelivery = (lines: readonly Wanted[], goods: SoldGoods): boolean =>
  lines.some(({ variantId }) => {
    const sold = goods.get(variantId)
    return !sold || isDelivered(sold)
  })

/** Why a line cannot have its quantity: it is sold by measure, and not in this one. */
export const quantityProblem = (
  { variantId, quantity }: Wanted,
  goods: SoldGoods,
  path: readonly string[],
): Refusal | undefined => {
  const sold = goods.get(variantId)
  if (!sold?.measure) return undefined
  const checked = checkMeasured(quantity, { measure: sold.measure, sku: sold.sku }, path)
  return checked.ok ? undefined : checked.error
}
