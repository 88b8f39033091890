import type { Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'

/** The kinds of place that hold stock. */
export const LOCATION_KINDS = ['WAREHOUSE', 'STORE'] as const

/** The kind of a place that holds stock. */
export type LocationKind = (typeof LOCATION_KINDS)[number]

/** A place that holds stock. */
export interface LocationRow {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
  readonly kind: LocationKind
  readonly country: string
  readonly city: string
  /** Degrees north. */
  readonly latitude: number | null
  /** Degrees east. */
  readonly longitude: number | null
  readonly openingHours: unknown
  readonly active: boolean
}

/** Columns of a `LocationRow`; rows of this selection go through `toLocation`. */
export const LOCATION_COLUMNS = [
  'location.id',
  'location.code',
  'location.name',
  'location.kind',
  'location.country',
  'location.city',
  'location.latitude',
  'location.longitude',
  'location.opening_hours',
  'location.active',
] as const

const locationRows = (db: Executor<'location'>) => db.selectFrom('location').select(LOCATION_COLUMNS)

type Row = Awaited<ReturnType<ReturnType<typeof locationRows>['execute']>>[number]

/** A location out of a row that has `LOCATION_COLUMNS`. */
export const toLocation = ({ opening_hours, name, kind, ...row }: Row): LocationRow => ({
  ...row,
  name: name as Localized,
  kind: kind as LocationKind,
  openingHours: opening_hours,
})

/** Every location in the order stock is taken from: by priority, then code. */
export const allLocations = async (
  db: Executor<'location'>,
  { onlyActive }: { readonly onlyActive: boolean },
): Promise<LocationRow[]> => {
  const rows = await locationRows(db)
    .$if(onlyActive, (query) => query.where('active', '=', true))
    .orderBy('priority')
    .orderBy('code')
    .execute()
  return rows.map(toLocation)
}

/** The locations with these ids. */
export const locationsByIds = async (
  db: Executor<'location'>,
  ids: readonly Uuid[],
): Promise<LocationRow[]> => (await locationRows(db).where('id', 'in', ids).execute()).map(toLocation)
