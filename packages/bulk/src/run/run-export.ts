import { command, type Context } from '@hilo/db'
import { ok } from '@hilo/kernel'
import { writeChunk } from '../files/chunks.ts'
import type { ExportSettings } from '../job.ts'
import type { ExportCursor, Kind } from '../kind.ts'
import { KINDS } from '../kinds/index.ts'
import { csvLine } from '../write-csv.ts'
import { endTurn, noteStep, type Turn } from './claim.ts'
import { stillPermitted } from './still-permitted.ts'

interface Place {
  readonly after?: ExportCursor | undefined
  readonly columns?: readonly string[]
  readonly bytes: number
}

const textOf = (
  kind: Kind,
  turn: Turn,
  { items, place }: { items: readonly object[]; place: Place },
): string => {
  if (turn.job.format === 'JSONL') return items.map((item) => `${JSON.stringify(item)}\n`).join('')
  const { formulaSafe } = turn.job.settings as ExportSettings
  const columns = place.columns!
  const header = place.bytes === 0 ? csvLine(columns) : ''
  const rows = items.flatMap((item) => kind.toRows(item as never, columns))
  return header + rows.map((row) => csvLine(row, formulaSafe)).join('')
}

/** Goes on with an export until nothing is left, or `mayGoOn` says that others wait: a page is a piece of the file. */
export const runExport = async (
  ctx: Context,
  turn: Turn,
  mayGoOn: () => boolean,
): Promise<'ENDED' | 'MORE'> => {
  const kind = KINDS[turn.job.kind]
  const { system, where } = turn.job.settings as ExportSettings
  const columns = turn.job.format === 'CSV' ? { columns: await kind.columns(ctx) } : {}
  let place: Place = (turn.cursor as Place | null) ?? { bytes: 0, ...columns }
  for (;;) {
    const { items, next } = await kind.page(await stillPermitted(ctx, turn), {
      after: place.after,
      system,
      where,
    })
    const bytes = Buffer.from(textOf(kind, turn, { items, place }))
    const start = place.bytes
    place = { ...place, after: next, bytes: start + bytes.length }
    await command(ctx, { operation: 'bulkExport', input: null }, async (inner) => {
      if (bytes.length > 0) await writeChunk(inner.db, { jobId: turn.job.id, start, bytes })
      const records = items.length
      await noteStep(inner, turn, { position: place.bytes, bytes: place.bytes, cursor: place, records })
      return ok(null)
    })
    if (!next) break
    if (!mayGoOn()) return 'MORE'
  }
  await endTurn(ctx, turn, { state: 'DONE' })
  return 'ENDED'
}
