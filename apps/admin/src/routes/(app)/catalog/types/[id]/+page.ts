import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { ReadProductType } from '#lib/product-types/product-type.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { id } = event.params
  const { productType, attributes } = await read(event, ReadProductType, { id })
  if (!productType) error(404, m.product_type_not_found())
  return { productType, attributes: attributes.nodes }
}
