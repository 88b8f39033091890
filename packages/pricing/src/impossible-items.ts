import { type ItemPredicate, keysOf } from './item-predicate.ts'
import { MORE_THAN_MOST, type Problem } from './problem.ts'

/** Why no item can ever match, as far as that shows without a catalogue: `all` of things that exclude each other. */
export const impossibleItems = (
  predicate: ItemPredicate,
  path: readonly string[] = [],
): Problem | undefined => {
  if ('not' in predicate) return impossibleItems(predicate.not, [...path, 'not'])
  if ('attribute' in predicate) {
    const { atLeast = -Infinity, atMost = Infinity } = predicate.attribute
    if (atLeast > atMost) return { path: [...path, 'attribute', 'atLeast'], reason: MORE_THAN_MOST }
  }
  const branches = 'all' in predicate ? predicate.all : 'any' in predicate ? predicate.any : []
  for (const [index, branch] of branches.entries()) {
    const found = impossibleItems(branch, [...path, 'all' in predicate ? 'all' : 'any', String(index)])
    if (found) return found
  }
  return 'all' in predicate ? contradiction(predicate.all, [...path, 'all']) : undefined
}

const KEYED = ['product', 'variant', 'sku', 'taxClass', 'category', 'collection'] as const
/** Of these an item has one only. */
const SINGLE = ['product', 'variant', 'sku', 'taxClass'] as const

const keysIn = (key: (typeof KEYED)[number], branches: readonly ItemPredicate[]): ReadonlySet<string>[] =>
  branches.flatMap((branch) =>
    key in branch ? [keysOf(key, (branch as Record<typeof key, readonly string[]>)[key])] : [],
  )

/** The same text for the same predicate, in whatever order its members stand. */
const written = (predicate: ItemPredicate): string =>
  JSON.stringify(predicate, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

/** True when something is wanted, and all of it is left out. */
const isLeftOut = (all: readonly ItemPredicate[]): boolean => {
  const out = all.flatMap((branch) => ('not' in branch ? [branch.not] : []))
  const outTexts = new Set(out.map(written))
  return (
    all.some((branch) => outTexts.has(written(branch))) ||
    KEYED.some((key) => {
      const outKeys = new Set(keysIn(key, out).flatMap((keys) => [...keys]))
      return keysIn(key, all).some((keys) => [...keys].every((one) => outKeys.has(one)))
    })
  )
}

/** The branches of an `all`, with those of every `all` among them. */
const flat = (all: readonly ItemPredicate[]): ItemPredicate[] =>
  all.flatMap((branch) => ('all' in branch ? flat(branch.all) : [branch]))

const contradiction = (nested: readonly ItemPredicate[], path: readonly string[]): Problem | undefined => {
  const all = flat(nested)
  for (const key of SINGLE) {
    const [first, ...others] = keysIn(key, all)
    if (first && ![...first].some((id) => others.every((keys) => keys.has(id)))) {
      const es = `ningún artículo puede cumplir a la vez todos los ${key} nombrados aquí`
      return { path, reason: { en: `no item can be of every ${key} named here`, es } }
    }
  }
  if (isLeftOut(all)) {
    const es = 'ningún artículo puede ser esto y no serlo'
    return { path, reason: { en: 'no item can be this and not this', es } }
  }
  for (const low of all.flatMap((branch) => ('priceAtLeast' in branch ? [branch.priceAtLeast] : []))) {
    for (const high of all.flatMap((branch) => ('priceAtMost' in branch ? [branch.priceAtMost] : []))) {
      const currency = Object.keys(low).find((code) => low[code]! > (high[code] ?? Infinity))
      if (currency) {
        const en = `no price in ${currency} is at least the one and at most the other`
        const es = `ningún precio en ${currency} es al menos el uno y como mucho el otro`
        return { path, reason: { en, es } }
      }
    }
  }
  return undefined
}
