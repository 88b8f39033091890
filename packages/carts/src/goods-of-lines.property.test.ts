import type { SoldVariant } from '@hilo/catalog'
import { toAvailabilities } from '@hilo/inventory'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needsDelivery, shelfDemand } from './goods-of-lines.ts'

const LEAVES = ['a', 'b', 'c', 'd'] as const

type Recipe = Readonly<Record<string, number>>

const recipe: fc.Arbitrary<Recipe> = fc.dictionary(
  fc.constantFrom(...LEAVES),
  fc.integer({ min: 1, max: 5 }),
  {
    minKeys: 1,
  },
)

const sold = (variantId: string, parts: Recipe = {}): SoldVariant =>
  ({
    variantId,
    sku: variantId,
    fulfilment: 'PHYSICAL',
    trackStock: true,
    parts: Object.entries(parts).map(([id, quantity]) => ({
      variantId: id,
      sku: id,
      quantity,
      fulfilment: id === 'd' ? 'DIGITAL' : 'PHYSICAL',
      trackStock: id !== 'd',
      scale: 0,
      unit: null,
    })),
  }) as unknown as SoldVariant

const shop = (bundles: readonly Recipe[]) =>
  new Map([
    ...LEAVES.map(
      (id) =>
        [
          id,
          id === 'd' ? { ...sold(id), trackStock: false, fulfilment: 'DIGITAL' as const } : sold(id),
        ] as const,
    ),
    ...bundles.map((parts, index) => [`set${index}`, sold(`set${index}`, parts)] as const),
  ])

const bundles = fc.tuple(recipe, recipe)
const lines = fc.array(
  fc.record({
    variantId: fc.constantFrom(...LEAVES, 'set0', 'set1'),
    quantity: fc.integer({ min: 1, max: 20 }),
  }),
  { maxLength: 12 },
)

const asObject = (demand: ReadonlyMap<string, number>) => Object.fromEntries(demand)

describe('what lines take off the shelf', () => {
  it('is each line by itself and each component of each bundle, added up by what stands there', () => {
    fc.assert(
      fc.property(bundles, lines, (sets, wanted) => {
        const expected: Record<string, number> = {}
        const add = (id: string, quantity: number) => {
          if (id !== 'd') expected[id] = (expected[id] ?? 0) + quantity
        }
        for (const { variantId, quantity } of wanted) {
          const parts = variantId.startsWith('set') ? sets[Number(variantId.slice(3))]! : { [variantId]: 1 }
          for (const [id, each] of Object.entries(parts)) add(id, each * quantity)
        }
        expect(asObject(shelfDemand(wanted, shop(sets)))).toEqual(asObject(new Map(Object.entries(expected))))
      }),
    )
  })

  it('does not depend on the order of lines, nor on a line being split', () => {
    fc.assert(
      fc.property(bundles, lines, (sets, wanted) => {
        const split = wanted.flatMap((line) =>
          Array.from({ length: line.quantity }, () => ({ ...line, quantity: 1 })),
        )
        expect(asObject(shelfDemand(split.toReversed(), shop(sets)))).toEqual(
          asObject(shelfDemand(wanted, shop(sets))),
        )
      }),
    )
  })

  it('of as many bundles as are said to be available is there, and of one more is not', () => {
    fc.assert(
      fc.property(recipe, fc.dictionary(fc.constantFrom(...LEAVES), fc.nat(40)), (parts, stock) => {
        fc.pre(Object.keys(parts).some((id) => id !== 'd'))
        const goods = shop([parts])
        const supplies = goods.get('set0')!.parts.map((part) => ({
          wantedId: 'set0',
          scale: 0,
          takes: part.quantity,
          counted: part.trackStock,
          available: stock[part.variantId] ?? 0,
        }))
        const { quantity } = toAvailabilities(supplies)[0]!
        const fits = (count: number) =>
          [...shelfDemand([{ variantId: 'set0', quantity: count }], goods)].every(
            ([id, wanted]) => wanted <= (stock[id] ?? 0),
          )
        expect(quantity === 0 || fits(quantity)).toBe(true)
        expect(fits(quantity + 1)).toBe(false)
      }),
    )
  })
})

it('only what is carried needs a delivery, and a bundle with anything carried in it does', () => {
  const goods = shop([{ a: 1, d: 1 }, { d: 2 }])
  const needs = (...ids: string[]) =>
    needsDelivery(
      ids.map((variantId) => ({ variantId, quantity: 1 })),
      goods,
    )
  expect([needs(), needs('d'), needs('set1'), needs('d', 'set1')]).toEqual([false, false, false, false])
  expect([needs('a'), needs('set0'), needs('d', 'a')]).toEqual([true, true, true])
})
