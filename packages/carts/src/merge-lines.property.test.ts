import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, lineKey, type LineProperties } from './line.ts'
import { mergeLines } from './merge-lines.ts'

const linesOf = (owner: string) =>
  fc
    .array(
      fc.record({
        variantId: fc.constantFrom('a', 'b', 'c'),
        quantity: fc.integer({ min: 1, max: 20 }),
        properties: fc.constantFrom<LineProperties>({}, { engraving: 'Ada' }, { engraving: 'Bo' }),
      }),
      { maxLength: 8 },
    )
    .map((lines) => lines.map((line, index): Line => ({ ...line, id: `${owner}${index}` })))

const totals = (lines: readonly Line[]): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const line of lines) sums.set(lineKey(line), (sums.get(lineKey(line)) ?? 0) + line.quantity)
  return sums
}

const sorted = (sums: Map<string, number>) => [...sums].sort(([a], [b]) => (a < b ? -1 : 1))

const both = [linesOf('own'), linesOf('guest')] as const

describe('merging carts', () => {
  it('keeps the larger quantity of each variant with its properties', () => {
    fc.assert(
      fc.property(...both, (own, guest) => {
        const [mine, theirs, merged] = [totals(own), totals(guest), totals(mergeLines(own, guest))]
        expect([...merged.keys()].sort()).toEqual([...new Set([...mine.keys(), ...theirs.keys()])].sort())
        for (const [key, quantity] of merged) {
          expect(quantity).toBe(Math.max(mine.get(key) ?? 0, theirs.get(key) ?? 0))
        }
      }),
    )
  })

  it('gives the same quantities whichever side is whose', () => {
    fc.assert(
      fc.property(...both, (own, guest) => {
        expect(sorted(totals(mergeLines(own, guest)))).toEqual(sorted(totals(mergeLines(guest, own))))
      }),
    )
  })

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(...both, (own, guest) => {
        const once = mergeLines(own, guest)
        expect(mergeLines(once, guest)).toEqual(once)
        expect(mergeLines(own, [])).toEqual(own)
        expect(mergeLines([], own)).toEqual(own)
      }),
    )
  })

  it('keeps every line that the customer has, under its id', () => {
    fc.assert(
      fc.property(...both, (own, guest) => {
        const merged = mergeLines(own, guest)
        expect(merged.slice(0, own.length).map(({ id }) => id)).toEqual(own.map(({ id }) => id))
        expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length)
      }),
    )
  })
})

describe('merging carts, published cases', () => {
  const line = (variantId: string, quantity: number, properties = {}): Line => ({
    id: `${variantId}${quantity}${JSON.stringify(properties)}`,
    variantId,
    quantity,
    properties,
  })
  const merged = (own: Line[], guest: Line[]) =>
    mergeLines(own, guest).map(({ variantId, quantity, properties }) => [
      variantId,
      quantity,
      ...Object.values(properties),
    ])

  it.each([
    [
      [line('A', 1)],
      [line('B', 1)],
      [
        ['A', 1],
        ['B', 1],
      ],
    ],
    [[line('A', 1)], [line('A', 3)], [['A', 3]]],
    [[line('A', 3)], [line('A', 1)], [['A', 3]]],
    [
      [line('A', 1, { engraving: 'Ada' })],
      [line('A', 1, { engraving: 'Bo' })],
      [
        ['A', 1, 'Ada'],
        ['A', 1, 'Bo'],
      ],
    ],
    [[], [line('B', 2)], [['B', 2]]],
    [[line('A', 1)], [], [['A', 1]]],
  ])('case %#', (own, guest, expected) => {
    expect(merged(own, guest)).toEqual(expected)
  })
})
