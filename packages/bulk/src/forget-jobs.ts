import type { Executor } from '@hilo/db'
import { sql } from 'kysely'

const DAY_MS = 86_400_000

/** Jobs whose file never came are given up after this time. */
const UPLOAD_DAYS = 2

/** Takes jobs away with their files and reports, so many days after their end; how many, at most 100 at once. */
export const forgetJobs = async (
  db: Executor<'bulk_job'>,
  { now, keepDays }: { readonly now: Date; readonly keepDays: number },
): Promise<number> => {
  const before = new Date(now.getTime() - keepDays * DAY_MS)
  const never = new Date(now.getTime() - UPLOAD_DAYS * DAY_MS)
  const { rows } = await sql`
    delete from bulk_job where id in (
      select id from bulk_job where finished_at < ${before}::timestamptz
      union all
      select id from bulk_job where state = 'UPLOADING' and created_at < ${never}::timestamptz
      limit 100
    ) returning id`.execute(db)
  return rows.length
}
