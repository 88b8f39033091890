import { read } from '#lib/api/read.ts'
import { CollectionList } from '#lib/collections/collection.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 50

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { searchParams } = event.url
  const search = searchParams.get('q')?.trim() || null
  const { collections } = await read(event, CollectionList, {
    first: PAGE,
    after: cursorOf(searchParams),
    where: { search },
  })
  return { collections }
}
