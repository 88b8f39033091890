import { redirect } from '@sveltejs/kit'
import { read, signInPath } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { languagesOf, Viewer } from '#lib/shell/viewer.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async (event) => {
  const { shop, viewer } = await read(event, Viewer, {})
  if (viewer?.__typename !== 'Staff') redirect(303, signInPath(event.url))
  return { shopName: shop?.name ?? m.app_name(), languages: languagesOf(shop), staff: viewer }
}
