import { type Actor, COMMON, may, mayIn, ok, type Result } from '@hilo/kernel'
import { type BulkJob, type BulkKind, permissionOf } from './job.ts'

/** What belongs to the whole shop, of which nobody brings in or takes out a part. */
const WHOLE: readonly BulkKind[] = ['CUSTOMERS', 'PROMOTIONS']

/** Whether somebody may do a job of this kind at all; where it reaches, its rows are asked about one by one. */
export const checkPermission = (actor: Actor, job: Pick<BulkJob, 'direction' | 'kind'>): Result<null> => {
  const permission = permissionOf(job)
  const allowed = WHOLE.includes(job.kind)
    ? mayIn(actor, permission, { channelId: null })
    : may(actor, permission)
  return allowed ? ok(null) : COMMON.refuse('FORBIDDEN', { permission }, ['kind'])
}
