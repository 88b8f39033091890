import { type Line, lineKey } from './line.ts'

const quantityOf = (lines: readonly Line[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/**
 * The lines of a customer who browsed on two sides of a sign-in: of each variant with its properties the larger
 * quantity, never the sum, so that nothing is bought twice. Lines keep their ids, and those of `own` come first.
 */
export const mergeLines = (own: readonly Line[], other: readonly Line[]): Line[] => {
  const ownByKey = Map.groupBy(own, lineKey)
  const grown = new Map<string, number>()
  for (const [key, theirs] of Map.groupBy(other, lineKey)) {
    const mine = ownByKey.get(key)
    if (mine) grown.set(mine[0]!.id, Math.max(0, quantityOf(theirs) - quantityOf(mine)))
  }
  const kept = own.map((line) => ({ ...line, quantity: line.quantity + (grown.get(line.id) ?? 0) }))
  return [...kept, ...other.filter((line) => !ownByKey.has(lineKey(line)))]
}
