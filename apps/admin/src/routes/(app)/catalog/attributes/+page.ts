import { read } from '#lib/api/read.ts'
import { AttributeList } from '#lib/attributes/attribute.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 50

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { searchParams } = event.url
  const search = searchParams.get('q')?.trim() || null
  const { attributes } = await read(event, AttributeList, {
    first: PAGE,
    after: cursorOf(searchParams),
    search,
  })
  return { attributes }
}
