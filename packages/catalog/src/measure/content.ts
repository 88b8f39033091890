import { MAX_QUANTITY, ok, type Result } from '@hilo/kernel'
import { GOODS_REFUSALS } from './errors.ts'
import { type Amount, areAlike, ratioOf, referenceUnitOf } from './unit.ts'
import type { Measure } from './measure.ts'

/** What one piece holds, and the amount that its unit price is told for: 250 g, by the kilogram. */
export interface Content extends Amount {
  readonly reference: Amount
}

const isAmount = ({ amount }: Amount): boolean =>
  Number.isInteger(amount) && amount >= 1 && amount <= MAX_QUANTITY

/** A content as staff enter it; without a reference it is the unit that is usual: kilogram, litre, metre, m², piece, pound. */
export const readContent = (
  { amount, unit, reference }: Amount & { readonly reference?: Amount | null | undefined },
  path: readonly string[],
): Result<Content> => {
  const content = {
    amount,
    unit,
    reference: reference ?? { amount: 1, unit: referenceUnitOf(unit) },
  }
  if (!isAmount(content)) return GOODS_REFUSALS.refuse('CONTENT_INVALID', { unit }, [...path, 'amount'])
  return isAmount(content.reference) && areAlike(unit, content.reference.unit)
    ? ok(content)
    : GOODS_REFUSALS.refuse('CONTENT_INVALID', { unit }, [...path, 'reference'])
}

/** By what the price of one (piece or whole measure) is to be multiplied and divided for its unit price, and per what. */
export interface UnitPriceRatio {
  readonly multiply: bigint
  readonly divide: bigint
  readonly reference: Amount
}

/** How the unit price follows from the price; nothing when neither a measure nor a content is said. */
export const unitPriceRatio = ({
  measure,
  content,
}: {
  readonly measure: Measure | null
  readonly content: Content | null
}): UnitPriceRatio | undefined => {
  const one = measure ? { amount: 1, unit: measure.unit } : content
  if (!one) return undefined
  const reference = content?.reference ?? { amount: 1, unit: referenceUnitOf(one.unit) }
  return areAlike(one.unit, reference.unit) ? { ...ratioOf(reference, one), reference } : undefined
}
