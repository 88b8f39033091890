import { read } from '#lib/api/read.ts'
import { startOfDay } from '#lib/format/day.ts'
import { NEWEST, NewestOrders, Totals } from '#lib/home/today.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  const { now, timeZone, staff } = await event.parent()
  if (!staff.permissions.includes('orders:read')) return { day: undefined }
  const since = startOfDay(new Date(now), timeZone).toISOString()
  const [totals, { orders }] = await Promise.all([
    read(event, Totals, { since }),
    read(event, NewestOrders, { first: NEWEST }),
  ])
  return { day: { since, totals, newest: orders.nodes } }
}
