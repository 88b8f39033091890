import type { Executor } from '@hilo/db'
import { newId, type Localized, type Uuid } from '@hilo/kernel'
import type { LocationKind } from './location-queries.ts'

/** A place that holds stock, as seeds and imports give it. */
export interface NewLocation {
  readonly code: string
  readonly name: Localized
  readonly kind: LocationKind
  readonly country: string
  readonly city?: string
  readonly latitude?: number
  readonly longitude?: number
  /** Rows of `{days, opens, closes}`, in the location's own time. */
  readonly openingHours?: readonly unknown[]
  /** The smaller is taken from first; default 0. */
  readonly priority?: number
  /** The channels whose orders it serves. */
  readonly channelIds: readonly Uuid[]
}

/** Adds locations and the channels they serve; returns their ids in the same order. */
export const createLocations = async (
  db: Executor<'location' | 'location_channel'>,
  locations: readonly NewLocation[],
): Promise<Uuid[]> => {
  if (locations.length === 0) return []
  const rows = locations.map((location) => ({ id: newId(), ...location }))
  await db
    .insertInto('location')
    .values(
      rows.map(({ channelIds: _channels, openingHours, name, ...row }) => ({
        ...row,
        name: JSON.stringify(name),
        opening_hours: JSON.stringify(openingHours ?? []),
        priority: row.priority ?? 0,
        city: row.city ?? '',
      })),
    )
    .execute()
  const served = rows.flatMap(({ id, channelIds }) =>
    channelIds.map((channelId) => ({ location_id: id, channel_id: channelId })),
  )
  if (served.length > 0) await db.insertInto('location_channel').values(served).execute()
  return rows.map(({ id }) => id)
}
