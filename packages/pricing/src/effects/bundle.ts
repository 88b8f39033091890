import { MAX_QUANTITY } from '@hilo/kernel'
import type { AmountsByCurrency } from '../definition.ts'
import type { EffectKind, Item } from '../effect.ts'
import { type ItemPredicate, type ItemTest, toMinor } from '../item-predicate.ts'
import { inLocale } from '../phrasing.ts'
import { spread } from '../spread.ts'
import { cheapestFirst, countUnits, rateOfUnits, takeUnits, type Units } from '../units.ts'

/** Some units of some items, as a part of a bundle. */
interface Part {
  readonly quantity: number
  readonly items: ItemPredicate
}

/** All parts together for one price, as often as the cart holds them; the dearest units of each part first. */
export interface BundleEffect {
  readonly kind: 'BUNDLE'
  /** An item belongs to the first part that matches it. */
  readonly parts: readonly Part[]
  readonly amounts: AmountsByCurrency
}

export const bundle: EffectKind<BundleEffect> = {
  kind: 'BUNDLE',
  schema: {
    type: 'object',
    required: ['kind', 'parts', 'amounts'],
    additionalProperties: false,
    properties: {
      kind: { const: 'BUNDLE' },
      amounts: { $ref: '#/$defs/amounts' },
      parts: {
        type: 'array',
        minItems: 1,
        maxItems: 20,
        items: {
          type: 'object',
          required: ['quantity', 'items'],
          additionalProperties: false,
          properties: {
            quantity: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
            items: { $ref: '#/$defs/items' },
          },
        },
      },
    },
  },
  form: {
    label: { en: 'Bundle at a price', es: 'Lote a un precio' },
    fields: {
      parts: {
        widget: 'rows',
        order: 1,
        label: { en: 'Parts', es: 'Partes' },
        fields: {
          quantity: { widget: 'quantity', order: 1, label: { en: 'Units', es: 'Unidades' } },
          items: { widget: 'items', order: 2, label: { en: 'Items', es: 'Artículos' } },
        },
      },
      amounts: {
        widget: 'money-by-currency',
        order: 2,
        label: { en: 'Price of all together', es: 'Precio de todo junto' },
      },
    },
  },
  classOf: () => 'LINE',
  amounts: (effect) => [effect.amounts],
  predicates: ({ parts }) =>
    parts.map(({ items }, index) => ({ path: ['parts', String(index), 'items'], items })),
  compile: ({ amounts, parts }, test) => {
    const tests = parts.map(({ items }) => test(items))
    const sizes = parts.map(({ quantity }) => BigInt(quantity))
    const prices = toMinor(amounts)
    return {
      on: 'ITEMS',
      reduce: (items, currency) => {
        const pools = poolsOf(items, tests)
        const counts = pools.map((pool, index) => countUnits(pool) / sizes[index]!)
        const sets = counts.reduce((a, b) => (b < a ? b : a))
        if (sets === 0n) return { code: 'MIN_QUANTITY', facts: shortage(pools, parts) }
        const taken = pools.flatMap((pool, index) =>
          takeUnits(cheapestFirst(pool).reverse(), sets * sizes[index]!),
        )
        return offBundle(items, taken, sets * prices.get(currency)!)
      },
    }
  },
  phrase: ({ amounts, parts }, say) => {
    const names = parts.map(({ items, quantity }) => {
      const name = say.items(items)
      return name === '' ? String(quantity) : quantity === 1 ? name : `${quantity} × ${name}`
    })
    const price = say.amounts(amounts)
    return inLocale(say, { en: `${names.join(' + ')} for ${price}`, es: `${names.join(' + ')} por ${price}` })
  },
}

const poolsOf = (items: readonly Item[], tests: readonly ItemTest[]): Item[][] => {
  const pools: Item[][] = tests.map(() => [])
  for (const item of items) pools[tests.findIndex((matches) => matches(item.facts))]?.push(item)
  return pools
}

/** What the taken units cost beyond the price, split over them by what they cost. */
const offBundle = (items: readonly Item[], taken: readonly Units[], price: bigint): bigint[] => {
  const costs = new Map(taken.map((units) => [units.item, rateOfUnits(units, 1_000_000n)]))
  const priced = items.map((item) => ({ ...item, left: costs.get(item) ?? 0n }))
  const saved = priced.reduce((sum, { left }) => sum + left, 0n) - price
  return saved > 0n ? spread(saved, priced) : items.map(() => 0n)
}

const shortage = (pools: readonly (readonly Item[])[], parts: readonly Part[]) => {
  const need = parts.reduce((sum, { quantity }) => sum + quantity, 0)
  const missing = parts.reduce(
    (sum, { quantity }, index) => sum + Math.max(0, quantity - Number(countUnits(pools[index]!))),
    0,
  )
  return { have: need - missing, need, missing }
}
