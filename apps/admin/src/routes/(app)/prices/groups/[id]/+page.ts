import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { ReadGroup } from '#lib/groups/group.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { m } from '#lib/paraglide/messages.js'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 50

export const load: PageLoad = async (event) => {
  await need(event, 'customers:read')
  const after = cursorOf(event.url.searchParams)
  const { node } = await read(event, ReadGroup, { id: event.params.id, first: PAGE, after })
  if (node?.__typename !== 'CustomerGroup') error(404, m.group_not_found())
  return { group: node }
}
