import { RoleList } from '#lib/access/role.ts'
import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 25

export const load: PageLoad = async (event) => {
  await need(event, 'staff:write')
  const after = cursorOf(event.url.searchParams)
  const { roles, permissions } = await read(event, RoleList, { first: PAGE, after })
  return { roles, permissions }
}
