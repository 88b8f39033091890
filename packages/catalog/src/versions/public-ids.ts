import { encodeId, type IdKind, readActor } from '@hilo/kernel'
import type { Difference } from './content.ts'

/** The fields of a content that hold ids, wherever they stand in it. */
const KINDS: ReadonlyMap<string, IdKind> = new Map([
  ['productTypeId', 'productType'],
  ['categoryIds', 'category'],
  ['channelIds', 'channel'],
  ['productIds', 'product'],
])

/** The value of a field of a content, or the content itself, with the ids that the API gives in place of the database's. */
export const withPublicIds = <Value>(value: Value, field = ''): Value => {
  const shown = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(shown)
    if (typeof each === 'string') return KINDS.has(field) ? encodeId(KINDS.get(field)!, each) : each
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(
      Object.entries(each).map(([name, member]) => [name, withPublicIds(member, name)]),
    )
  }
  return shown(value) as Value
}

/** A difference with public ids. */
export const publicDifference = ({ field, before, after }: Difference): Difference => {
  const name = field.slice(field.lastIndexOf('.') + 1)
  return { field, before: withPublicIds(before, name), after: withPublicIds(after, name) }
}

/** The public id of whom an `actorKey` names; `guest` and `system` have none and stay. */
export const publicActor = (key: string): string => {
  const { kind, id } = readActor(key)
  if (id === undefined || kind === 'guest' || kind === 'system') return key
  return encodeId(kind === 'app' ? 'apiKey' : kind, id)
}
