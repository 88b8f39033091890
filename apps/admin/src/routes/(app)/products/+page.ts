import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { ProductList, productSortOf, productStatusOf } from '#lib/products/product-list.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 25

export const load: PageLoad = async (event) => {
  const { searchParams } = event.url
  const staff = await need(event, 'catalog:read')
  const search = searchParams.get('q')?.trim()
  const status = productStatusOf(searchParams.get('status'))
  const { products } = await read(event, ProductList, {
    first: PAGE,
    after: cursorOf(searchParams),
    where: { ...(search ? { search } : {}), ...(status ? { status } : {}) },
    sort: productSortOf(searchParams.get('sort')),
    stock: staff.permissions.includes('stock:read'),
  })
  return { products }
}
