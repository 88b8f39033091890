import { getLocale, type Locale } from '#lib/paraglide/runtime.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A time as people say it close to now: `3 min ago`, `in 2 h`, `yesterday`; a date when it is a week away or more. */
export const relativeTime = (
  iso: string,
  { now, timeZone, locale = getLocale() }: { now: number; timeZone: string; locale?: Locale },
): string => {
  const delta = Date.parse(iso) - now
  const distance = Math.abs(delta)
  const say = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  if (distance < MINUTE) return say.format(0, 'minute')
  if (distance < HOUR) return say.format(Math.trunc(delta / MINUTE), 'minute')
  if (distance < DAY) return say.format(Math.trunc(delta / HOUR), 'hour')
  if (distance < 7 * DAY) return say.format(Math.trunc(delta / DAY), 'day')
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(new Date(iso))
}

/** Date and time: `21 Nov 2026, 18:30`. */
export const dateTime = (iso: string, timeZone: string, locale: Locale = getLocale()): string =>
  new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(iso))
