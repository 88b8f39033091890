/** A day in milliseconds, as calendars count it. */
export const DAY = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one costs as much as hundreds of uses; there are at most as many as IANA has names of time zones. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const kept = formats.get(timeZone)
  if (kept) return kept
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, made)
  return made
}

/** True for a name of the IANA time zone database; an offset such as +02:00 is none. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }))
  } catch {
    return false
  }
}

/**
 * What the clocks of a time zone show at an instant, as the milliseconds since 1970 at which clocks in UTC show the
 * same, to the second.
 */
export const wallOf = (timeZone: string, at: number): number => {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) part[type] = Number(value)
  return Date.UTC(
    part['year']!,
    part['month']! - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  )
}

const offsetAt = (timeZone: string, at: number): number => {
  const second = Math.floor(at / 1000) * 1000
  return wallOf(timeZone, second) - second
}

/**
 * The first instant at which the clocks of a time zone show this time or a later one (`wall` as `wallOf` answers): the
 * first of two where an hour comes twice, the moment of the change where the clocks jump over it.
 */
export const instantOf = (timeZone: string, wall: number): number => {
  // Offsets are less than a day, and no zone changes its twice within two days.
  const before = offsetAt(timeZone, wall - DAY)
  const after = offsetAt(timeZone, wall + DAY)
  if (before === after || offsetAt(timeZone, wall - before) === before) return wall - before
  if (offsetAt(timeZone, wall - after) === after) return wall - after
  let [shortOf, past] = [wall - after, wall - before]
  while (past - shortOf > 1000) {
    const middle = Math.floor((shortOf + past) / 2000) * 1000
    if (offsetAt(timeZone, middle) === after) past = middle
    else shortOf = middle
  }
  return past
}
