import type { Uuid } from '@hilo/kernel'

/** The kinds of actor, as the log names them. */
export const ACTOR_KINDS = ['staff', 'app', 'customer', 'device', 'guest', 'system'] as const

/** A kind of actor. */
export type ActorKind = (typeof ACTOR_KINDS)[number]

/** A fact of the log with everything that the audit tells of it. */
export interface EntryRow {
  /** Its place in the log; see `EventFeed`. */
  readonly position: string
  readonly type: string
  readonly aggregate: string
  readonly aggregateId: Uuid
  readonly payload: unknown
  /** Before and after, by field. */
  readonly changed: Readonly<Record<string, readonly [unknown, unknown]>> | null
  /** `actorKey` of who did it. */
  readonly actor: string
  readonly channelId: Uuid | null
  readonly correlationId: string | null
  readonly address: string | null
  readonly userAgent: string | null
  readonly at: Date
}

/** The kind and id in an `actorKey`: `staff:0192…`. */
export const readActor = (key: string): { readonly kind: ActorKind; readonly id: Uuid | undefined } => {
  const [kind, id] = key.split(':')
  return { kind: ACTOR_KINDS.find((known) => known === kind) ?? 'system', id }
}
