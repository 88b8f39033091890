import { dateTime } from '#lib/format/time.ts'
import { m } from '#lib/paraglide/messages.js'

interface Period {
  readonly validFrom: string | null
  readonly validUntil: string | null
}

/** A time as people say it: always, from, until, or from … to …. */
export const periodName = ({ validFrom, validUntil }: Period, timeZone: string): string => {
  const from = validFrom ? dateTime(validFrom, timeZone) : undefined
  const until = validUntil ? dateTime(validUntil, timeZone) : undefined
  if (from && until) return m.promotion_window_between({ from, until })
  if (from) return m.promotion_window_from({ from })
  return until ? m.promotion_window_until({ until }) : m.promotion_window_always()
}
