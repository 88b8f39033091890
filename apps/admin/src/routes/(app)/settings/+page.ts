import { error, redirect } from '@sveltejs/kit'
import { m } from '#lib/paraglide/messages.js'
import { settingsPlaces } from '#lib/shell/nav.ts'
import type { PageLoad } from './$types'

/** The first of the settings that somebody may see. */
export const load: PageLoad = async ({ parent }) => {
  const { staff } = await parent()
  const [first] = settingsPlaces((permission) => staff.permissions.includes(permission))
  if (!first) error(403, m.error_forbidden_title())
  redirect(307, first.href)
}
