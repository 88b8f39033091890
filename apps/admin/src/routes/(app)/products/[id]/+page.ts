import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { ProductChoices, ReadProduct } from '#lib/products/product.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  const staff = await need(event, 'catalog:read')
  const may = (permission: string): boolean => staff.permissions.includes(permission)
  const prices = may('prices:read')
  const [{ product }, choices] = await Promise.all([
    read(event, ReadProduct, {
      id: event.params.id,
      prices,
      stock: may('stock:read'),
    }),
    read(event, ProductChoices, { prices }),
  ])
  if (!product) error(404, m.product_not_found())
  return { product, choices: { ...choices, priceLists: choices.priceLists ?? [] } }
}
