import { startOfDay } from '#lib/format/day.ts'
import { readToday } from '#lib/home/today.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  const { now, timeZone } = await event.parent()
  const since = startOfDay(new Date(now), timeZone)
  return { since: since.toISOString(), today: await readToday(event, since) }
}
