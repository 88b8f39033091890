import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { JobChoices, JobList } from '#lib/imports/job.ts'
import { m } from '#lib/paraglide/messages.js'
import { cursorOf } from '#lib/list/trail.ts'
import type { PageLoad } from './$types'

const PAGE = 50

const MAY_LOOK = /^(catalog|prices|stock|customers|promotions):/

export const load: PageLoad = async (event) => {
  const { staff } = await event.parent()
  if (!staff.permissions.some((permission) => MAY_LOOK.test(permission))) error(403, m.imports_forbidden())
  const { searchParams } = event.url
  const wanted = searchParams.get('direction')
  const direction = wanted === 'IMPORT' || wanted === 'EXPORT' ? wanted : null
  const [{ bulkJobs }, choices] = await Promise.all([
    read(event, JobList, { first: PAGE, after: cursorOf(searchParams), direction }),
    read(event, JobChoices, {
      prices: staff.permissions.includes('prices:read'),
      catalog: staff.permissions.includes('catalog:read'),
    }),
  ])
  return { jobs: bulkJobs, choices }
}
