import { redirect } from '@sveltejs/kit'
import { OwnProfile } from '#lib/access/staff.ts'
import { read, signInPath } from '#lib/api/read.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  const { viewer } = await read(event, OwnProfile, {})
  if (!viewer || !('email' in viewer)) redirect(303, signInPath(event.url))
  return { member: viewer }
}
