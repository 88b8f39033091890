import { PROMOTION_FORM } from '@hilo/pricing'
import type { DraftRecord, DraftValue } from '#lib/editing/rebase.ts'

/** Where something stands in a draft: names of members and indexes of lists, outermost first. */
export type Path = readonly string[]

const isRecord = (value: DraftValue): value is DraftRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a place; `undefined` when nothing does. */
export const valueAt = (root: DraftValue, path: Path): DraftValue =>
  path.reduce<DraftValue>(
    (value, name) =>
      Array.isArray(value) ? (value[Number(name)] as DraftValue) : isRecord(value) ? value[name] : undefined,
    root,
  )

/** What a rule for items looks at: the rule stays while what it says is written anew. */
const isRule = (name: string): boolean => Object.hasOwn(PROMOTION_FORM.items, name)

/**
 * The draft with something else at a place, and all else as it was, known here or not. `undefined` takes it away: an
 * object of which nothing is left goes with it, an entry of a list stays.
 */
export const withValueAt = (root: DraftValue, path: Path, value: DraftValue): DraftValue => {
  const [name, ...rest] = path
  if (name === undefined) return value
  if (Array.isArray(root)) {
    const index = Number(name)
    if (rest.length === 0 && value === undefined) return root.toSpliced(index, 1)
    return root.with(index, withValueAt(root[index] as DraftValue, rest, value) ?? {})
  }
  const { [name]: before, ...others } = isRecord(root) ? root : {}
  const after = withValueAt(before, rest, value) ?? (rest.length > 0 && isRule(name) ? {} : undefined)
  if (after !== undefined) return { ...others, [name]: after }
  return Object.keys(others).length > 0 ? others : undefined
}
