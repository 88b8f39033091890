/** The time zone when this runtime knows it, else UTC: a cookie can say anything. */
export const knownTimeZone = (timeZone: string | undefined): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timeZone || 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/** Minutes that the wall clock of a time zone is ahead of UTC at an instant. */
const offsetMinutes = (instant: Date, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0)
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return Math.round((wall - instant.getTime()) / 60_000)
}

/** The hour on the wall clock, 0 to 23. */
export const hourOf = (instant: Date, timeZone: string): number =>
  new Date(instant.getTime() + offsetMinutes(instant, timeZone) * 60_000).getUTCHours()

/** The instant at which the day of `instant` began in a time zone. */
export const startOfDay = (instant: Date, timeZone: string): Date => {
  const wall = new Date(instant.getTime() + offsetMinutes(instant, timeZone) * 60_000)
  return fromWall(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()), timeZone)
}

const fromWall = (wall: number, timeZone: string): Date => {
  // The offset may differ between the guess and the instant itself on the days when clocks change.
  const guess = new Date(wall - offsetMinutes(new Date(wall), timeZone) * 60_000)
  return new Date(wall - offsetMinutes(guess, timeZone) * 60_000)
}

/** What a `datetime-local` field shows for an instant: `2026-11-27T09:30`. */
export const wallClock = (iso: string, timeZone: string): string => {
  const instant = new Date(iso)
  return new Date(instant.getTime() + offsetMinutes(instant, timeZone) * 60_000).toISOString().slice(0, 16)
}

/** The instant that a `datetime-local` field names, as ISO 8601 in UTC; `undefined` when it names none. */
export const instantOf = (field: string, timeZone: string): string | undefined => {
  const wall = Date.parse(`${field}Z`)
  return Number.isNaN(wall) ? undefined : fromWall(wall, timeZone).toISOString()
}
