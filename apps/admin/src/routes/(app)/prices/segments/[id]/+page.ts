import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { m } from '#lib/paraglide/messages.js'
import { ReadSegment } from '#lib/segments/segment.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 50

export const load: PageLoad = async (event) => {
  await need(event, 'customers:read')
  const after = cursorOf(event.url.searchParams)
  const { node } = await read(event, ReadSegment, { id: event.params.id, first: PAGE, after })
  if (node?.__typename !== 'Segment') error(404, m.segment_not_found())
  return { segment: node }
}
