import type { Uuid } from './id.ts'

/** Everything a member of staff or an API key may be allowed to do. A field without one of these is denied to both. */
export const PERMISSIONS = [
  'catalog:write',
  'prices:write',
  'promotions:write',
  'stock:write',
  'customers:read',
  'customers:write',
  'orders:read',
  'orders:write',
  'devices:read',
  'devices:write',
  'events:read',
  /** Who changed what, when and from where. */
  'audit:read',
  /** Where the shop tells other systems what happens. */
  'webhooks:write',
  'settings:write',
  /** For the bridge only: verify device credentials and act as a device. */
  'edge',
] as const

/** One thing that staff or an API key may do. */
export type Permission = (typeof PERMISSIONS)[number]

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
      readonly permissions: ReadonlySet<Permission>
    }
  | { readonly kind: 'app'; readonly keyId: Uuid; readonly permissions: ReadonlySet<Permission> }
  | { readonly kind: 'device'; readonly deviceId: Uuid; readonly customerId: Uuid }
  | { readonly kind: 'system' }

/** Someone not signed in. */
export const GUEST: Actor = { kind: 'guest' }

/** The worker and the seed. */
export const SYSTEM: Actor = { kind: 'system' }

/** True when staff, an API key or the system may do this. Guests, customers and devices hold no permissions. */
export const may = (actor: Actor, permission: Permission): boolean =>
  actor.kind === 'system' ||
  ((actor.kind === 'staff' || actor.kind === 'app') && actor.permissions.has(permission))

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
