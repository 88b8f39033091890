import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { OrderList } from '#lib/orders/order-list.ts'
import { orderStatusOf } from '#lib/orders/names.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 30

export const load: PageLoad = async (event) => {
  await need(event, 'orders:read')
  const { searchParams } = event.url
  const status = orderStatusOf(searchParams.get('status'))
  const number = searchParams.get('q')?.trim()
  const { orders } = await read(event, OrderList, {
    first: PAGE,
    after: cursorOf(searchParams),
    where: { ...(status ? { status } : {}), ...(number ? { number } : {}) },
  })
  return { orders }
}
