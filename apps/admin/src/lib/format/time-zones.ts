/** The time zones there are (IANA), these first. */
export const timeZones = (first: readonly string[]): string[] => [
  ...new Set([...first, 'UTC', ...Intl.supportedValuesOf('timeZone')]),
]

/** A time zone as people read it: `America/New York`. */
export const timeZoneName = (zone: string): string => zone.replaceAll('_', ' ')
