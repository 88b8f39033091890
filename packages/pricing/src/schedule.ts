import { DAY, instantOf, wallOf } from './wall-clock.ts'

/** The days of the week, as weekly hours name them. */
export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * Hours that come back every week. They begin when the clocks first show `from`, and end when they first show `until`:
 * an hour that comes twice does not begin twice.
 */
export interface WeeklyHours {
  /** The days on which they begin. */
  readonly days: readonly Weekday[]
  /** `HH:MM` on the wall. */
  readonly from: string
  /** `HH:MM`, to `24:00`; not after `from` means on the day after. */
  readonly until: string
}

/** When in the week a promotion holds. */
export interface Schedule {
  /** IANA; default the market's. */
  readonly timeZone?: string
  readonly weekly: readonly WeeklyHours[]
}

/** Open or not, since when and until when; milliseconds since 1970, infinite where it never changes. */
export interface OpeningState {
  readonly open: boolean
  readonly since: number
  readonly until: number
}

interface Stretch {
  readonly from: number
  readonly until: number
}

/** The state at an instant, with the market's time zone. */
export type OpeningHours = (at: number, marketZone: string) => OpeningState

/** Minutes of `HH:MM`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Compiles a valid schedule; the state last found is kept per time zone, so that most questions cost a comparison. */
export const compileSchedule = (schedule: Schedule): OpeningHours => {
  const known = new Map<string, OpeningState>()
  return (at, marketZone) => {
    const timeZone = schedule.timeZone ?? marketZone
    const last = known.get(timeZone)
    if (last && at >= last.since && at < last.until) return last
    const state = stateAt(schedule.weekly, timeZone, at)
    known.set(timeZone, state)
    return state
  }
}

const stateAt = (weekly: readonly WeeklyHours[], timeZone: string, at: number): OpeningState => {
  const today = Math.floor(wallOf(timeZone, at) / DAY)
  const stretches = merged(stretchesAround(weekly, timeZone, today))
  const current = stretches.find(({ from, until }) => from <= at && at < until)
  // What is open for longer than a week, one that the clocks make longer too, is always open.
  if (current) {
    const always = current.until - current.from >= 8 * DAY
    return { open: true, since: current.from, until: always ? Infinity : current.until }
  }
  const next = stretches.find(({ from }) => from > at)
  const before = stretches.findLast(({ until }) => until <= at)
  return { open: false, since: before?.until ?? at, until: next?.from ?? Infinity }
}

/** From the day before, whose hours may run over midnight, to a week and more after, in order. */
const stretchesAround = (weekly: readonly WeeklyHours[], timeZone: string, today: number): Stretch[] => {
  const stretches: Stretch[] = []
  for (let day = today - 1; day <= today + 9; day += 1) {
    // 1970 began on a Thursday.
    const weekday = WEEKDAYS[(((day + 3) % 7) + 7) % 7]!
    for (const hours of weekly) {
      if (!hours.days.includes(weekday)) continue
      const [begin, end] = [minutesOf(hours.from), minutesOf(hours.until)]
      const instant = (minute: number) => instantOf(timeZone, day * DAY + minute * 60_000)
      const stretch = { from: instant(begin), until: instant(end > begin ? end : end + 24 * 60) }
      if (stretch.from < stretch.until) stretches.push(stretch)
    }
  }
  return stretches.sort((a, b) => a.from - b.from)
}

const merged = (stretches: readonly Stretch[]): Stretch[] => {
  const out: Stretch[] = []
  for (const stretch of stretches) {
    const last = out.at(-1)
    if (last && stretch.from <= last.until) {
      out[out.length - 1] = { from: last.from, until: Math.max(last.until, stretch.until) }
    } else out.push(stretch)
  }
  return out
}
