import { grant, PERMISSIONS, type Grant, type Permission, type Uuid } from '@hilo/kernel'

/** Stands for every permission there is, also those that later versions add. */
export const EVERYTHING = '*'

/** The permissions we know among those stored: one that was retired opens nothing. */
export const knownPermissions = (stored: readonly string[]): Permission[] =>
  stored.includes(EVERYTHING)
    ? [...PERMISSIONS]
    : PERMISSIONS.filter((permission) => stored.includes(permission))

/** A grant as it is stored: null is everywhere. */
export interface StoredGrant {
  readonly permissions: readonly string[]
  readonly channels: readonly Uuid[] | null
  readonly locations: readonly Uuid[] | null
}

/** A grant out of what is stored. */
export const toGrant = ({ permissions, channels, locations }: StoredGrant): Grant =>
  grant(knownPermissions(permissions), { channels: channels ?? 'all', locations: locations ?? 'all' })

/**
 * What a member of staff was granted. Who has no grant has the permissions that code from before roles stored with them;
 * whoever sets grants empties those.
 */
export const staffGrants = (grants: readonly StoredGrant[], permissions: readonly string[]): Grant[] =>
  grants.length > 0
    ? grants.map(toGrant)
    : permissions.length > 0
      ? [toGrant({ permissions, channels: null, locations: null })]
      : []
