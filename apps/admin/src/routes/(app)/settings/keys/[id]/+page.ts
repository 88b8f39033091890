import { error } from '@sveltejs/kit'
import { ReadKey } from '#lib/access/key.ts'
import { Places } from '#lib/access/staff.ts'
import { read } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'keys:write')
  const [{ node }, places] = await Promise.all([
    read(event, ReadKey, { id: event.params.id }),
    read(event, Places, {}),
  ])
  if (!node || !('permissions' in node)) error(404, m.key_not_found())
  return { key: node, places }
}
