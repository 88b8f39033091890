import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { SegmentList } from '#lib/segments/segment.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 25

export const load: PageLoad = async (event) => {
  await need(event, 'customers:read')
  const { searchParams } = event.url
  return read(event, SegmentList, {
    first: PAGE,
    after: cursorOf(searchParams),
    archived: searchParams.get('status') === 'ARCHIVED',
    search: searchParams.get('q')?.trim() || null,
  })
}
