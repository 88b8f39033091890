import { beyond, givenAt, givenBy, type Grant, type Place, type Reach, reachIn } from './grant.ts'
import type { Uuid } from './id.ts'
import type { Permission } from './permission.ts'

/** Who asks. `system` is the worker, and never comes from outside. */
export type Actor =
  | { readonly kind: 'guest' }
  | {
      readonly kind: 'customer'
      readonly customerId: Uuid
      /** The session it came with; absent when nobody signed in for it, as in a test. */
      readonly sessionId?: Uuid
    }
  | {
      readonly kind: 'staff'
      readonly staffId: Uuid
      readonly sessionId: Uuid
      readonly grants: readonly Grant[]
    }
  | {
      readonly kind: 'app'
      readonly keyId: Uuid
      readonly grants: readonly Grant[]
      /** Bound to operations that were registered: the key of a till. */
      readonly persistedOnly?: true
    }
  | {
      readonly kind: 'device'
      readonly deviceId: Uuid
      readonly customerId: Uuid
      /** Spoken for by a key that is bound so. */
      readonly persistedOnly?: true
    }
  | { readonly kind: 'system' }

/** Someone not signed in. */
export const GUEST: Actor = { kind: 'guest' }

/** The worker and the seed. */
export const SYSTEM: Actor = { kind: 'system' }

/** What staff or an API key was granted; guests, customers and devices hold no permissions. */
const grantsOf = (actor: Actor): readonly Grant[] =>
  actor.kind === 'staff' || actor.kind === 'app' ? actor.grants : []

/** True when staff, an API key or the system may do this somewhere. Where, `mayIn` and `reachOf` say. */
export const may = (actor: Actor, permission: Permission): boolean =>
  actor.kind === 'system' || givenBy(grantsOf(actor), permission)

/** True when staff, an API key or the system may do this in this channel, or at this location. */
export const mayIn = (actor: Actor, permission: Permission, place: Place): boolean =>
  actor.kind === 'system' || givenAt(grantsOf(actor), permission, place)

/**
 * How far a permission of this actor reaches: of `stock:…` the locations, of all others the channels. It is the value
 * that a query takes as its scope and turns into a predicate with `within` of `@hilo/db`.
 */
export const reachOf = (actor: Actor, permission: Permission): Reach =>
  actor.kind === 'system' ? 'all' : reachIn(grantsOf(actor), permission)

/** The first permission of a grant that this actor may not give away, because it does not hold it there itself. */
export const notHeld = (actor: Actor, wanted: Grant): Permission | undefined =>
  actor.kind === 'system' ? undefined : beyond(grantsOf(actor), wanted)

/** The customer whose own things this actor may see: a customer, or a device as its owner's hand. */
export const ownerOf = (actor: Actor): Uuid | undefined =>
  actor.kind === 'customer' || actor.kind === 'device' ? actor.customerId : undefined

/** A short stable name of the actor for keys and logs, without personal data: `customer:0192…`, `guest`. */
export const actorKey = (actor: Actor): string => {
  switch (actor.kind) {
    case 'guest':
    case 'system':
      return actor.kind
    case 'customer':
      return `customer:${actor.customerId}`
    case 'staff':
      return `staff:${actor.staffId}`
    case 'app':
      return `app:${actor.keyId}`
    case 'device':
      return `device:${actor.deviceId}`
  }
}

/** The kinds of actor, as an `actorKey` names them. */
export const ACTOR_KINDS = [
  'staff',
  'app',
  'customer',
  'device',
  'guest',
  'system',
] as const satisfies readonly Actor['kind'][]

/** The kind and id in an `actorKey`; guests and the shop itself have no id. */
export const readActor = (key: string): { readonly kind: Actor['kind']; readonly id: Uuid | undefined } => {
  const [kind, id] = key.split(':')
  return { kind: ACTOR_KINDS.find((known) => known === kind) ?? 'system', id }
}
