import { error } from '@sveltejs/kit'
import { Places, ReadStaff, RoleChoices } from '#lib/access/staff.ts'
import { read } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'staff:write')
  const [{ node }, { roles }, places] = await Promise.all([
    read(event, ReadStaff, { id: event.params.id }),
    read(event, RoleChoices, {}),
    read(event, Places, {}),
  ])
  if (!node || !('email' in node)) error(404, m.staff_not_found())
  return { member: node, roles: roles.nodes, places }
}
