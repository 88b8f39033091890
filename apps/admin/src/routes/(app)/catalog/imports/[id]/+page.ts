import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { ReadJob } from '#lib/imports/job.ts'
import { m } from '#lib/paraglide/messages.js'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  const { bulkJob } = await read(event, ReadJob, { id: event.params.id })
  if (!bulkJob) error(404, m.imports_not_found())
  return { job: bulkJob }
}
