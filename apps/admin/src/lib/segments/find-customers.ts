import { request } from '#lib/api/request.ts'
import type { Pick } from '#lib/ui/Picker.svelte'
import { FindCustomers } from './segment.ts'

/** Customers by a part of their name or e-mail, to be picked. */
export const findCustomers = async (text: string): Promise<Pick[]> => {
  const { customers } = await request(fetch, FindCustomers, { search: text || null })
  return customers.nodes.map(({ id, name, email }) => ({ value: id, label: name, note: email ?? '' }))
}
