import { divideRounded, PPM } from '@hilo/kernel'
import type { Item } from './effect.ts'

/** Some whole units of an item. */
export interface Units {
  readonly item: Item
  readonly count: bigint
}

/** Items by the price of one unit, the cheapest first; equal ones stay in their order. */
export const cheapestFirst = (items: readonly Item[]): Item[] =>
  items.toSorted((a, b) => (a.unit === b.unit ? 0 : a.unit < b.unit ? -1 : 1))

/** How many whole units there are together. */
export const countUnits = (items: readonly Item[]): bigint =>
  items.reduce((sum, item) => sum + item.count, 0n)

/** The first `count` units in the order given. */
export const takeUnits = (items: readonly Item[], count: bigint): Units[] => {
  const taken: Units[] = []
  let wanted = count
  for (const item of items) {
    if (wanted === 0n) break
    const units = item.count < wanted ? item.count : wanted
    if (units === 0n) continue
    taken.push({ item, count: units })
    wanted -= units
  }
  return taken
}

/** What some units of an item still cost, times a rate: one rounding, so all units of an item cost what is left. */
export const rateOfUnits = ({ item, count }: Units, rate: bigint): bigint =>
  divideRounded(item.left * count * item.per * rate, item.quantity * PPM)

/** Reductions by item, in the order of `items`, zero where none was made. */
export const alignTo = (items: readonly Item[], reductions: ReadonlyMap<Item, bigint>): bigint[] =>
  items.map((item) => reductions.get(item) ?? 0n)
