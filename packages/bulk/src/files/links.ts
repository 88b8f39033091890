import { createHmac, timingSafeEqual } from 'node:crypto'
import { encodeId } from '@hilo/kernel'
import type { BulkJob } from '../job.ts'

/** What a link is for; one for one thing opens nothing else. */
export const LINK_USES = ['upload', 'file', 'report'] as const
export type LinkUse = (typeof LINK_USES)[number]

/** For how long a link holds, in milliseconds. */
export const LINK_MS = 24 * 3_600_000

type Owner = Pick<BulkJob, 'id' | 'secret'>

const macOf = ({ secret, id }: Owner, use: LinkUse, until: number): Buffer =>
  createHmac('sha256', secret).update(`${use} ${id} ${until}`).digest()

/** The path of a job's file on the API's server: signed with the job's own secret, so that it ends with the job. */
export const linkOf = (job: Owner, use: LinkUse, now: Date): string => {
  const until = now.getTime() + LINK_MS
  return `/bulk/${use}/${encodeId('bulkJob', job.id)}/${until}/${macOf(job, use, until).toString('base64url')}`
}

/** What a link says by itself, before anybody has looked whether it is true. */
export interface ClaimedLink {
  readonly use: LinkUse
  readonly jobId: string
  readonly until: number
  readonly mac: string
}

/** Reads the path of a link; nothing for what is none. */
export const readLink = (path: string): ClaimedLink | undefined => {
  const found = /^\/bulk\/(upload|file|report)\/(bulk_[0-9a-z]{26})\/(\d{1,15})\/([\w-]{43})$/.exec(path)
  return found
    ? { use: found[1] as LinkUse, jobId: found[2]!, until: Number(found[3]), mac: found[4]! }
    : undefined
}

/** True when the link was made for this job, for this use, and has not ended. */
export const isGenuine = (job: Owner, { use, until, mac }: ClaimedLink, now: Date): boolean => {
  // As text: base64 has several spellings for the same bytes, and only ours is a link.
  const [expected, given] = [Buffer.from(macOf(job, use, until).toString('base64url')), Buffer.from(mac)]
  return expected.length === given.length && timingSafeEqual(expected, given) && until > now.getTime()
}
