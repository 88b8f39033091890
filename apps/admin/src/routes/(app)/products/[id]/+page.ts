import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { MOST_ARCHIVED, ReadArchived, ReadProduct } from '#lib/products/product.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  const staff = await need(event, 'catalog:read')
  const may = (permission: string): boolean => staff.permissions.includes(permission)
  const asked = {
    id: event.params.id,
    prices: may('prices:read'),
    stock: may('stock:read'),
    write: may('catalog:write'),
  }
  const { product, priceLists, ...choices } = await read(event, ReadProduct, asked)
  if (!product) error(404, m.product_not_found())
  const first = Math.min(product.archivedCount.totalCount, MOST_ARCHIVED)
  const more = first > 0 ? await read(event, ReadArchived, { ...asked, first }) : undefined
  const archived = more?.product?.archived ?? { nodes: [] }
  return { product: { ...product, archived }, choices: { ...choices, priceLists: priceLists ?? [] } }
}
