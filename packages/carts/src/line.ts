import { COMMON, MAX_QUANTITY, ok, type Result, type Uuid } from '@hilo/kernel'
import type { Quote } from '@hilo/promotions'
import { CARTS, MAX_PROPERTIES } from './errors.ts'

/** What a customer says about a line, such as an engraving: a flat JSON object. */
export type LineProperties = Readonly<Record<string, string | number | boolean>>

/** A line of a cart. Its id is made by the client, so that a repeated request sets it and never adds it twice. */
export interface Line {
  readonly id: Uuid
  readonly variantId: Uuid
  readonly quantity: number
  readonly properties: LineProperties
  /** The price that was quoted for it. Written as `undefined`, a line keeps the quote it has; `null` has none. */
  readonly quote?: Quote | null
}

/** A quantity that a line can have: 1 to `MAX_QUANTITY`. */
export const checkQuantity = (quantity: number, path: readonly string[]): Result<number> =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY
    ? ok(quantity)
    : COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, path)

const isPlain = (value: unknown): boolean =>
  (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value))

/** Properties as a client sends them; none for `null` and `undefined`. */
export const checkProperties = (value: unknown, path: readonly string[]): Result<LineProperties> => {
  if (value === null || value === undefined) return ok({})
  const isObject = typeof value === 'object' && !Array.isArray(value)
  const isGood =
    isObject &&
    Object.entries(value).every(([key, each]) => isPlain(key) && isPlain(each)) &&
    JSON.stringify(value).length <= MAX_PROPERTIES
  return isGood
    ? ok(value as LineProperties)
    : CARTS.refuse('PROPERTIES_INVALID', { max: MAX_PROPERTIES }, path)
}

/** The same for lines that are one thing to the customer: one variant with the same properties in any order. */
export const lineKey = ({ variantId, properties }: Pick<Line, 'variantId' | 'properties'>): string =>
  JSON.stringify([variantId, Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))])
