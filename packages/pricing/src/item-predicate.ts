import { decodeId } from '@hilo/kernel'
import type { AttributeValue, VariantFacts } from './cart.ts'
import type { AmountsByCurrency } from './definition.ts'
import type { JsonSchema } from './json-schema.ts'

/**
 * Which items, as a JSON tree. Ids may be database ids or public ones (`prod_01j…`); a category or collection is an id or
 * a slug, a category covers its descendants; prices are those before promotions.
 */
export type ItemPredicate =
  | { readonly all: readonly ItemPredicate[] }
  | { readonly any: readonly ItemPredicate[] }
  | { readonly not: ItemPredicate }
  | { readonly product: readonly string[] }
  | { readonly variant: readonly string[] }
  | { readonly sku: readonly string[] }
  | { readonly category: readonly string[] }
  | { readonly collection: readonly string[] }
  | { readonly attribute: AttributePredicate }
  | { readonly taxClass: readonly string[] }
  | { readonly priceAtLeast: AmountsByCurrency }
  | { readonly priceAtMost: AmountsByCurrency }

/** A value of an attribute that is one of these, or lies within these bounds; any value at all when neither is said. */
export interface AttributePredicate {
  readonly code: string
  readonly in?: readonly AttributeValue[]
  readonly atLeast?: number
  readonly atMost?: number
}

/** What predicates look at: a variant, and what one unit costs before promotions in the cart's currency. */
export interface ItemFacts extends VariantFacts {
  readonly price: bigint
  readonly currency: string
}

/** A compiled predicate. */
export type ItemTest = (item: ItemFacts) => boolean

const KEYS = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 128 },
  minItems: 1,
  maxItems: 10_000,
} as const
const BRANCHES = { type: 'array', items: { $ref: '#/$defs/items' }, minItems: 1, maxItems: 100 } as const

const BOUND = { type: 'number', minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE } as const
const ATTRIBUTE: JsonSchema = {
  type: 'object',
  required: ['code'],
  additionalProperties: false,
  properties: {
    code: { type: 'string', minLength: 1, maxLength: 64 },
    in: {
      type: 'array',
      items: { type: ['string', 'number', 'boolean'], maxLength: 256 },
      minItems: 1,
      maxItems: 1_000,
    },
    atLeast: BOUND,
    atMost: BOUND,
  },
}

/** The JSON Schema of an item predicate: an object with exactly one of these members. */
export const ITEMS_SCHEMA: JsonSchema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    all: BRANCHES,
    any: BRANCHES,
    not: { $ref: '#/$defs/items' },
    product: KEYS,
    variant: KEYS,
    sku: KEYS,
    category: KEYS,
    collection: KEYS,
    attribute: ATTRIBUTE,
    taxClass: KEYS,
    priceAtLeast: { $ref: '#/$defs/amounts' },
    priceAtMost: { $ref: '#/$defs/amounts' },
  },
}

/** Compiles a valid predicate to a closure. */
export const compileItems = (predicate: ItemPredicate): ItemTest => {
  if ('all' in predicate) {
    const tests = predicate.all.map(compileItems)
    return (item) => tests.every((test) => test(item))
  }
  if ('any' in predicate) {
    const tests = predicate.any.map(compileItems)
    return (item) => tests.some((test) => test(item))
  }
  if ('not' in predicate) {
    const test = compileItems(predicate.not)
    return (item) => !test(item)
  }
  if ('product' in predicate) {
    const ids = keysOf('product', predicate.product)
    return (item) => ids.has(item.productId)
  }
  if ('variant' in predicate) {
    const ids = keysOf('variant', predicate.variant)
    return (item) => ids.has(item.variantId)
  }
  if ('sku' in predicate) {
    const skus = new Set(predicate.sku)
    return (item) => skus.has(item.sku)
  }
  if ('category' in predicate) {
    const has = keyTest('category', predicate.category)
    return (item) => has(item.categoryIds) || has(item.categorySlugs)
  }
  if ('collection' in predicate) {
    const has = keyTest('collection', predicate.collection)
    return (item) => has(item.collectionIds) || has(item.collectionSlugs)
  }
  if ('attribute' in predicate) return compileAttribute(predicate.attribute)
  if ('taxClass' in predicate) {
    const classes = new Set(predicate.taxClass)
    return (item) => classes.has(item.taxClass)
  }
  if ('priceAtLeast' in predicate) {
    const least = toMinor(predicate.priceAtLeast)
    return (item) => item.price >= least.get(item.currency)!
  }
  const most = toMinor(predicate.priceAtMost)
  return (item) => item.price <= most.get(item.currency)!
}

/** Keys with public ids as database ids. */
export const keysOf = (
  kind: 'product' | 'variant' | 'category' | 'collection' | 'sku' | 'taxClass',
  keys: readonly string[],
): ReadonlySet<string> =>
  new Set(kind === 'sku' || kind === 'taxClass' ? keys : keys.map((key) => decodeId(kind, key) ?? key))

const keyTest = (kind: 'category' | 'collection', keys: readonly string[]) => {
  const wanted = keysOf(kind, keys)
  return (had: readonly string[] = []): boolean => {
    for (const key of had) if (wanted.has(key)) return true
    return false
  }
}

const compileAttribute = ({
  atLeast = -Infinity,
  atMost = Infinity,
  code,
  in: values,
}: AttributePredicate): ItemTest => {
  const wanted = values && new Set(values)
  const isBounded = atLeast !== -Infinity || atMost !== Infinity
  const fits = (value: AttributeValue): boolean =>
    (!wanted || wanted.has(value)) &&
    (!isBounded || (typeof value === 'number' && value >= atLeast && value <= atMost))
  return ({ attributes }) =>
    attributes !== undefined && Object.hasOwn(attributes, code) && attributes[code]!.some(fits)
}

/** A map of JSON amounts as bigints. */
export const toMinor = (amounts: AmountsByCurrency): ReadonlyMap<string, bigint> =>
  new Map(Object.entries(amounts).map(([currency, amount]) => [currency, BigInt(amount)]))

/** Every map of amounts in a predicate: a cart in a currency absent from one of them cannot be judged. */
export const amountsInItems = (predicate: ItemPredicate): AmountsByCurrency[] => {
  if ('all' in predicate) return predicate.all.flatMap(amountsInItems)
  if ('any' in predicate) return predicate.any.flatMap(amountsInItems)
  if ('not' in predicate) return amountsInItems(predicate.not)
  if ('priceAtLeast' in predicate) return [predicate.priceAtLeast]
  return 'priceAtMost' in predicate ? [predicate.priceAtMost] : []
}
