import type { Permission, Uuid } from '@hilo/kernel'
import type { Json } from '../canonical-json.ts'
import type { Position } from './position.ts'

/** Who may hear of an event beside staff with its permission. */
export interface EventScope {
  readonly public?: true
  readonly customer?: Uuid
  readonly device?: Uuid
  /** Whoever holds the cart token with this SHA-256, in hexadecimal. */
  readonly guest?: string
  /** The channel it belongs to: staff and apps that reach only some channels hear only what names one of them. */
  readonly channel?: Uuid
  /** The location it belongs to, likewise. */
  readonly location?: Uuid
}

/** What a change did to fields of a thing, by their names: before and after. For the audit; subscribers never see it. */
export type Changed = Readonly<Record<string, readonly [before: Json, after: Json]>>

/** A fact to append to the log. */
export interface NewEvent {
  /** The table of what it happened to. */
  readonly aggregate: string
  readonly aggregateId: Uuid
  /** Past tense with a version: `OrderPlaced.v1`. */
  readonly type: string
  readonly payload: Json
  readonly scope?: EventScope
  /** What staff and apps need to hear of it; nobody of them may without. */
  readonly permission?: Permission
  /** Without it the audit tells only that it happened. */
  readonly changed?: Changed | undefined
}

/** A fact of the log. */
export interface StoredEvent {
  /** Opaque: pass it as `after` to go on from here. */
  readonly position: string
  readonly aggregate: string
  readonly aggregateId: Uuid
  /** Counts the facts of one aggregate from 1 without gaps. */
  readonly seq: number
  readonly type: string
  readonly payload: unknown
  readonly scope: EventScope
  readonly permission: Permission | null
  /** `actorKey` of who did it. */
  readonly actor: string
  readonly channelId: Uuid | null
  readonly correlationId: string | null
  /** `traceparent` of the trace in which it became true; null without tracing. */
  readonly traceparent: string | null
  readonly at: Date
}

/** An event with its position ready to compare. */
export interface PlacedEvent {
  readonly place: Position
  readonly event: StoredEvent
}
