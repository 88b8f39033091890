import { redirect } from '@sveltejs/kit'
import { settingsPlaces } from '#lib/shell/nav.ts'
import type { PageLoad } from './$types'

/** The first of the settings that somebody may see. */
export const load: PageLoad = async ({ parent }) => {
  const { staff } = await parent()
  redirect(307, settingsPlaces((permission) => staff.permissions.includes(permission))[0]!.href)
}
