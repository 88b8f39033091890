import { read } from '#lib/api/read.ts'
import { TypeNames } from '#lib/products/attribute-fields.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:write')
  const { productTypes } = await read(event, TypeNames, {})
  return { types: productTypes.nodes }
}
