import type { NewEvent } from '@hilo/db'
import { type BulkJob, permissionOf } from './job.ts'

/** A job was made. */
export const BULK_JOB_CREATED = 'BulkJobCreated.v1'
/** Its file is whole, it came on, or it is over. */
export const BULK_JOB_CHANGED = 'BulkJobChanged.v1'

/** What becomes of a job, for who may read or write what it is about. */
export const jobEvent = (
  type: typeof BULK_JOB_CREATED | typeof BULK_JOB_CHANGED,
  job: Pick<BulkJob, 'id' | 'kind' | 'direction' | 'state'>,
): NewEvent => ({
  aggregate: 'bulk_job',
  aggregateId: job.id,
  type,
  payload: { jobId: job.id, kind: job.kind, direction: job.direction, state: job.state },
  permission: permissionOf(job),
})
