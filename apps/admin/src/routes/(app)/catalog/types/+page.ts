import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { ProductTypeList } from '#lib/product-types/product-type.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 50

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { searchParams } = event.url
  const search = searchParams.get('q')?.trim() || null
  const { productTypes } = await read(event, ProductTypeList, {
    first: PAGE,
    after: cursorOf(searchParams),
    search,
  })
  return { productTypes }
}
