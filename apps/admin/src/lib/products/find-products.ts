import { request } from '#lib/api/request.ts'
import { FindProducts } from '#lib/collections/collection.ts'
import type { Pick } from '#lib/ui/Picker.svelte'

/** The products that a text finds, to pick one from. */
export const findProducts = async (text: string): Promise<Pick[]> => {
  const { products } = await request(fetch, FindProducts, { search: text || null })
  return products.nodes.map(({ id, name, slug }) => ({ value: id, label: name, note: slug }))
}
