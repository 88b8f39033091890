import { read } from '#lib/api/read.ts'
import { ReadCategory } from '#lib/categories/category.ts'
import { readTree } from '#lib/categories/read-tree.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const id = event.url.searchParams.get('id')
  const [tree, chosen] = await Promise.all([
    readTree(event),
    id ? read(event, ReadCategory, { id }) : undefined,
  ])
  return { tree, category: chosen?.category ?? undefined }
}
