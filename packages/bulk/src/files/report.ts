import type { Executor } from '@hilo/db'
import { type Locale, refusalMessage, type Uuid } from '@hilo/kernel'
import { refusalCatalogue } from '@hilo/graphql'
import type { Warning } from '../job.ts'
import { warningSentence } from '../warnings.ts'
import { csvLine } from '../write-csv.ts'

/** A refused row as it was kept. */
export interface KeptRefusal {
  readonly number: number
  readonly line: number
  readonly record: string | null
  readonly path: string
  readonly code: string
  readonly data: unknown
}

/** Refused rows of a job behind this one, in the order of the file. */
export const refusalsOf = async (
  db: Executor<'bulk_refusal'>,
  jobId: Uuid,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<KeptRefusal[]> => {
  const rows = await db
    .selectFrom('bulk_refusal')
    .select(['number', 'line', 'record', 'path', 'code', 'data'])
    .where('job_id', '=', jobId)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, line: Number(row.line) }))
}

/** The first refused rows of many jobs, in one statement. */
export const firstRefusals = async (
  db: Executor<'bulk_refusal'>,
  jobIds: readonly Uuid[],
  limit: number,
): Promise<(KeptRefusal & { readonly jobId: Uuid })[]> => {
  const rows = await db
    .selectFrom('bulk_refusal')
    .select(['job_id as jobId', 'number', 'line', 'record', 'path', 'code', 'data'])
    .where('job_id', 'in', jobIds)
    .where('number', '<=', limit)
    .orderBy('job_id')
    .orderBy('number')
    .execute()
  return rows.map((row) => ({ ...row, line: Number(row.line) }))
}

/** The sentence of a refused row in a language. */
export const sentenceOf = ({ code, data }: Pick<KeptRefusal, 'code' | 'data'>, locale: Locale): string => {
  const spec = refusalCatalogue().get(code)
  return spec ? refusalMessage(spec, { code, data: data as never, path: [] }, locale) : code
}

const PAGE = 500

/** The report of a job as CSV: its warnings at the line of the header, then its refused rows; both languages beside each other, safe to be opened in a spreadsheet. */
export const reportLines = async function* (
  db: Executor<'bulk_refusal' | 'bulk_job'>,
  jobId: Uuid,
): AsyncGenerator<string, void, void> {
  yield csvLine(['line', 'record', 'path', 'code', 'message', 'mensaje'])
  const job = await db.selectFrom('bulk_job').select('warnings').where('id', '=', jobId).executeTakeFirst()
  for (const warning of (job?.warnings ?? []) as unknown as readonly Warning[]) {
    const { en, es } = warningSentence(warning)
    yield csvLine(['1', '', warning.column, warning.reason, en, es], true)
  }
  for (let after = 0; ;) {
    const rows = await refusalsOf(db, jobId, { after, limit: PAGE })
    if (rows.length === 0) return
    for (const row of rows) {
      const cells = [
        String(row.line),
        row.record ?? '',
        row.path,
        row.code,
        sentenceOf(row, 'en'),
        sentenceOf(row, 'es'),
      ]
      yield csvLine(cells, true)
    }
    after = rows.at(-1)!.number
  }
}
