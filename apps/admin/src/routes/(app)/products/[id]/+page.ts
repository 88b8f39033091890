import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { ReadProduct } from '#lib/products/product.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  const staff = await need(event, 'catalog:read')
  const may = (permission: string): boolean => staff.permissions.includes(permission)
  const { product, priceLists, ...choices } = await read(event, ReadProduct, {
    id: event.params.id,
    prices: may('prices:read'),
    stock: may('stock:read'),
    write: may('catalog:write'),
  })
  if (!product) error(404, m.product_not_found())
  return { product, choices: { ...choices, priceLists: priceLists ?? [] } }
}
