import { m } from '#lib/paraglide/messages.js'
import type { EntryData } from './entry.ts'

type ActorKind = EntryData['actor']['kind']

const HOUR_MS = 3_600_000

/** Periods that people look at, by their name in the address, in hours. */
const PERIODS = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const

const isPeriod = (text: string | null): text is keyof typeof PERIODS => text !== null && text in PERIODS

/** Every period with its name; the empty one is all there is. */
export const periods = (): { value: string; label: string }[] => [
  { value: '', label: m.period_ever() },
  { value: 'hour', label: m.period_hour() },
  { value: 'day', label: m.period_day() },
  { value: 'week', label: m.period_week() },
  { value: 'month', label: m.period_month() },
]

/** Whose doings to show: of people and keys of the shop unless everything is asked for. */
export const doers = (): { value: string; label: string }[] => [
  { value: '', label: m.audit_by_staff() },
  { value: 'all', label: m.audit_by_all() },
]

const STAFF: ActorKind[] = ['STAFF', 'APP']

/** The filter that stands in an address. */
export const whereOf = (params: URLSearchParams, now: number) => {
  const period = params.get('period')
  const type = params.get('type')
  const by = params.get('by') === 'all' || params.has('actor') || params.has('subject') ? null : STAFF
  return {
    by,
    actor: params.get('actor') || null,
    subject: params.get('subject') || null,
    types: type ? [type] : null,
    // Rounded, so that the same page asks the same question for a minute.
    since: isPeriod(period)
      ? new Date(Math.floor(now / 60_000) * 60_000 - PERIODS[period] * HOUR_MS).toISOString()
      : null,
  }
}
