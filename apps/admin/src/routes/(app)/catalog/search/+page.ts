import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { SynonymList } from '#lib/search-words/synonym.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 50

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { searchParams } = event.url
  return read(event, SynonymList, {
    first: PAGE,
    after: cursorOf(searchParams),
    locale: searchParams.get('locale'),
    search: searchParams.get('q')?.trim() || null,
  })
}
