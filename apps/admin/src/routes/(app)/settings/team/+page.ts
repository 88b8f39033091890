import { Places, RoleChoices, StaffList } from '#lib/access/staff.ts'
import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 25

export const load: PageLoad = async (event) => {
  await need(event, 'staff:write')
  const after = cursorOf(event.url.searchParams)
  const [{ staffMembers }, { roles }, places] = await Promise.all([
    read(event, StaffList, { first: PAGE, after }),
    read(event, RoleChoices, {}),
    read(event, Places, {}),
  ])
  return { members: staffMembers, roles: roles.nodes, places }
}
