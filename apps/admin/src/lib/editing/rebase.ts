/** A value of a draft: texts, choices, lists that change as a whole, and records of these. */
export type DraftValue = string | number | boolean | null | undefined | readonly DraftValue[] | DraftRecord

/** A part of a draft, by name. */
export interface DraftRecord {
  readonly [name: string]: DraftValue
}

/** A place that two people changed to different values; `theirs` is what the other one wrote. */
export interface Overlap {
  readonly path: readonly string[]
  readonly theirs: DraftValue
}

const isRecord = (value: DraftValue): value is DraftRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** True when two values of a draft say the same. */
export const isSame = (a: DraftValue, b: DraftValue): boolean => {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return (
      a.length === b.length && a.every((entry, index) => isSame(entry as DraftValue, b[index] as DraftValue))
    )
  if (!isRecord(a) || !isRecord(b)) return false
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => isSame(a[name], b[name]))
}

/**
 * Puts my changes on top of theirs: what I left as it was in `base` becomes theirs, what I changed stays mine. Tells
 * where both changed the same thing.
 */
export const rebase = <Draft extends DraftValue>(base: Draft, mine: Draft, theirs: Draft) => {
  const overlaps: Overlap[] = []
  const draft = merge({ base, mine, theirs }, [], overlaps) as Draft
  return { draft, overlaps }
}

interface Versions {
  readonly base: DraftValue
  readonly mine: DraftValue
  readonly theirs: DraftValue
}

const merge = (
  { base, mine, theirs }: Versions,
  path: readonly string[],
  overlaps: Overlap[],
): DraftValue => {
  if (isSame(base, mine)) return theirs
  if (isSame(base, theirs) || isSame(mine, theirs)) return mine
  if (isRecord(base) && isRecord(mine) && isRecord(theirs)) {
    const names = new Set([...Object.keys(theirs), ...Object.keys(mine)])
    const merged = [...names].map(
      (name) =>
        [
          name,
          merge({ base: base[name], mine: mine[name], theirs: theirs[name] }, [...path, name], overlaps),
        ] as const,
    )
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined))
  }
  overlaps.push({ path, theirs })
  return mine
}

/** How many single values differ between two drafts. */
export const countChanges = (base: DraftValue, mine: DraftValue): number => {
  if (isSame(base, mine)) return 0
  if (!isRecord(base) || !isRecord(mine)) return 1
  const names = new Set([...Object.keys(base), ...Object.keys(mine)])
  return [...names].reduce((sum, name) => sum + countChanges(base[name], mine[name]), 0)
}

/** The draft with one place set to another value. */
export const withValue = <Draft extends DraftValue>(
  draft: Draft,
  path: readonly string[],
  value: DraftValue,
): Draft => {
  const [name, ...rest] = path
  if (name === undefined) return value as Draft
  const record = (isRecord(draft) ? draft : {}) as DraftRecord
  return { ...record, [name]: withValue(record[name], rest, value) } as Draft
}
