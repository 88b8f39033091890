import { KeyList } from '#lib/access/key.ts'
import { Places } from '#lib/access/staff.ts'
import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 25

export const load: PageLoad = async (event) => {
  await need(event, 'keys:write')
  const after = cursorOf(event.url.searchParams)
  const [{ apiKeys, permissions }, places] = await Promise.all([
    read(event, KeyList, { first: PAGE, after }),
    read(event, Places, {}),
  ])
  return { keys: apiKeys, permissions, places }
}
