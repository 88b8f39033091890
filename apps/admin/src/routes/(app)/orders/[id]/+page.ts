import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { ReadOrder } from '#lib/orders/order.ts'
import { m } from '#lib/paraglide/messages.js'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'orders:read')
  const { order } = await read(event, ReadOrder, { id: event.params.id })
  if (!order) error(404, m.order_not_found())
  return { order }
}
