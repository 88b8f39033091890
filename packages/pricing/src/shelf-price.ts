import type { LineInput, PricingContext, PricingSnapshot, VariantFacts } from './cart.ts'
import { price } from './price.ts'
import type { Application, PricedLine } from './priced-cart.ts'
import type { TraceEntry } from './trace.ts'

/** What a variant costs here and now, without delivery: the line of a cart that holds nothing else. */
export interface ShelfPrice {
  readonly currency: string
  readonly line: PricedLine
  readonly applications: readonly Application[]
  readonly trace: readonly TraceEntry[]
}

/** The one price function on a one-line cart; `undefined` when the variant has no price here. */
export const shelfPrice = (
  variant: VariantFacts & Pick<LineInput, 'unitPrice'> & { readonly quantity?: number },
  context: PricingContext,
  snapshot: PricingSnapshot,
): ShelfPrice | undefined => {
  const { currency, lines, applications, trace } = price(
    { lines: [{ ...variant, id: variant.variantId, quantity: variant.quantity ?? oneOf(variant) }] },
    context,
    snapshot,
  )
  const [line] = lines
  return line && { currency, line, applications, trace }
}

/** One piece, or one whole measure: what the price of one is for. */
const oneOf = ({ measure }: VariantFacts): number => 10 ** (measure?.scale ?? 0)
