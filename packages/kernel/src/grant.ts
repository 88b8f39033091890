import type { Uuid } from './id.ts'
import { narrowedBy, type Permission, withImplied } from './permission.ts'

/** How far something reaches: everywhere, or to these ids only. */
export type Reach = 'all' | readonly Uuid[]

/** Permissions, and where they hold. */
export interface Grant {
  /** With what they imply; made by `grant()`. */
  readonly permissions: ReadonlySet<Permission>
  readonly channels: Reach
  readonly locations: Reach
}

/** Where a thing is, as far as it is somewhere. `null` is a thing of every channel: only who reaches all has it. */
export interface Place {
  readonly channelId?: Uuid | null
  readonly locationId?: Uuid | null
}

/** Makes a grant, by default for the whole shop. */
export const grant = (
  permissions: Iterable<Permission>,
  { channels = 'all', locations = 'all' }: Partial<Pick<Grant, 'channels' | 'locations'>> = {},
): Grant => ({ permissions: new Set(withImplied(permissions)), channels, locations })

/** True when the reach has this id; `null` stands for every id at once. */
export const reaches = (reach: Reach, id: Uuid | null): boolean =>
  reach === 'all' || (id !== null && reach.includes(id))

/** True when the grant gives the permission anywhere. */
const gives = ({ permissions, channels, locations }: Grant, permission: Permission): boolean =>
  permissions.has(permission) &&
  (narrowedBy(permission) !== 'shop' || (channels === 'all' && locations === 'all'))

/** True when one of the grants gives the permission somewhere. */
export const givenBy = (grants: readonly Grant[], permission: Permission): boolean =>
  grants.some((one) => gives(one, permission))

/** True when one of the grants gives the permission at this place. */
export const givenAt = (grants: readonly Grant[], permission: Permission, place: Place): boolean =>
  grants.some((one) => {
    if (!gives(one, permission)) return false
    const { channelId, locationId } = place
    return (
      (channelId === undefined || reaches(one.channels, channelId)) &&
      (locationId === undefined || reaches(one.locations, locationId))
    )
  })

/** How far the grants give a permission, in the dimension that narrows it. */
export const reachIn = (grants: readonly Grant[], permission: Permission): Reach => {
  const dimension = narrowedBy(permission)
  const giving = grants.filter((one) => gives(one, permission))
  if (dimension === 'shop' || dimension === 'none') return giving.length > 0 ? 'all' : []
  if (giving.some((one) => one[dimension] === 'all')) return 'all'
  return [...new Set(giving.flatMap((one) => one[dimension]))]
}

const places = (reach: Reach): readonly (Uuid | null)[] => (reach === 'all' ? [null] : reach)

/** The first permission of `wanted` that the grants do not give everywhere that it wants it. */
export const beyond = (grants: readonly Grant[], wanted: Grant): Permission | undefined =>
  [...wanted.permissions].find(
    (permission) =>
      !places(wanted.channels).every((channelId) =>
        places(wanted.locations).every((locationId) =>
          givenAt(grants, permission, { channelId, locationId }),
        ),
      ),
  )
