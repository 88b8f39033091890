import { encodeId, isUuid } from '@hilo/kernel'
import { BY_EVENT, type FieldSpec } from './event-types.ts'

/** What of an event of the log is told to others. */
export interface ToldEvent {
  readonly type: string
  readonly aggregateId: string
  readonly payload: unknown
  readonly at: Date
}

const told = (spec: FieldSpec, value: unknown): unknown => {
  if (value === null || value === undefined) return null
  if (typeof spec === 'string') return value
  if ('id' in spec) return isUuid(value) ? encodeId(spec.id, value) : null
  return Array.isArray(value) ? value.filter(isUuid).map((id) => encodeId(spec.ids, id)) : []
}

/**
 * The body of a delivery, always the same for an event: type, moment, and the fields that the catalogue names, with
 * public ids. What the catalogue does not name never leaves.
 */
export const bodyOf = ({ type, aggregateId, payload, at }: ToldEvent): string => {
  const spec = BY_EVENT.get(type)
  if (!spec) throw new Error(`Event ${type} is not told to webhooks`)
  const facts = (payload ?? {}) as Readonly<Record<string, unknown>>
  const fields = Object.entries(spec.fields).map(([name, field]) => [name, told(field, facts[name])])
  const data = { id: encodeId(spec.of, aggregateId), ...(Object.fromEntries(fields) as object) }
  return JSON.stringify({ type: spec.name, timestamp: at.toISOString(), data })
}
