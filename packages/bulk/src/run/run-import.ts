import { command, type Context } from '@hilo/db'
import { ok, type Sentence } from '@hilo/kernel'
import { sql } from 'kysely'
import { BULK } from '../errors.ts'
import { type Counts, type ImportSettings, MAX_REFUSALS } from '../job.ts'
import type { Entry, Outcome } from '../kind.ts'
import { KINDS } from '../kinds/index.ts'
import { itemName } from '../read/record-name.ts'
import type { RefusedRow, Unit } from '../read/units.ts'
import { addWarnings } from '../warnings.ts'
import { failureOf, UNDONE } from '../words.ts'
import { endTurn, noteStep, type Turn } from './claim.ts'
import { stillPermitted } from './still-permitted.ts'
import { type Bookmark, openFile, type OpenFile } from './open-file.ts'

/** Rows that were longer than any row, after which a file is none. */
const MAX_LOST_ROWS = 100

const noteRefusals = async (
  { db }: Context,
  { job }: Turn,
  reported: readonly RefusedRow[],
): Promise<void> => {
  if (reported.length === 0) return
  const { count } = await db
    .selectFrom('bulk_refusal')
    .select(({ fn }) => fn.coalesce(fn.max('number'), sql<number>`0`).as('count'))
    .where('job_id', '=', job.id)
    .executeTakeFirstOrThrow()
  const kept = reported.slice(0, Math.max(0, MAX_REFUSALS - count))
  if (kept.length === 0) return
  const rows = kept.map(({ line, record, refusal }, index) => ({
    job_id: job.id,
    number: count + index + 1,
    line: BigInt(line),
    record: record?.slice(0, 200).toWellFormed().replaceAll('\0', '') ?? null,
    path: refusal.path.join('.').slice(0, 500),
    code: refusal.code,
    data: JSON.stringify(refusal.data, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
  }))
  await db.insertInto('bulk_refusal').values(rows).execute()
}

/** A unit that could be read, with what stands in it. */
interface Read {
  readonly unit: Unit
  readonly entry: Entry | undefined
}

const read = (file: OpenFile, unit: Unit): Read => ({
  unit,
  entry: unit.refused.length > 0 ? undefined : file.toEntry(unit),
})

const reportOf = ({ unit, entry }: Read, outcome: Outcome | undefined): RefusedRow[] => {
  if (!entry) return [...unit.refused]
  if (outcome?.is !== 'REFUSED') return []
  const record = outcome.record || itemName(entry.item)
  const own = outcome.refusals.map((refusal) => ({
    refusal,
    line: entry.lineOf?.(refusal.path) ?? entry.line,
    record,
  }))
  const told = new Set(own.map(({ line }) => line))
  const besides = unit.rows.flatMap(({ line }) =>
    told.has(line)
      ? []
      : [{ line, record, refusal: BULK.refuse('ROW_BESIDE_REFUSED', { line: own[0]!.line }).error }],
  )
  return [...own, ...besides].toSorted((a, b) => a.line - b.line)
}

const countsOf = (outcomes: readonly (Outcome | undefined)[]): Counts => {
  const count = (is: Outcome['is']) => outcomes.filter((outcome) => (outcome?.is ?? 'REFUSED') === is).length
  return {
    records: outcomes.length,
    created: count('CREATED'),
    updated: count('UPDATED'),
    unchanged: count('UNCHANGED'),
    refused: count('REFUSED'),
  }
}

const notJson = (): Outcome => ({ is: 'REFUSED', refusals: [BULK.refuse('ROW_NOT_JSON', {}).error] })

/** What becomes of each entry; of a dry run only what would. */
const applyAll = async (ctx: Context, { job }: Turn, entries: readonly Entry[]): Promise<Outcome[]> => {
  const settings = job.settings as ImportSettings
  const sound = entries.filter(({ item }) => item !== undefined)
  let outcomes: readonly Outcome[] = []
  await command(ctx, { operation: 'bulkApply', input: null }, async (inner) => {
    outcomes = await KINDS[job.kind].apply(inner, sound, settings)
    // A refusal undoes it all.
    return settings.dryRun ? BULK.refuse('ROW_FAILED', { reason: UNDONE }) : ok(null)
  })
  const byEntry = new Map(sound.map((entry, index) => [entry, outcomes[index]!]))
  return entries.map((entry) => byEntry.get(entry) ?? notJson())
}

interface Piece {
  readonly turn: Turn
  readonly file: OpenFile
  readonly reads: readonly Read[]
}

const positionOf = ({ file, reads }: Piece): Bookmark => {
  const { end, nextLine } = reads.at(-1)!.unit
  return { ...file.bookmark, offset: end, line: nextLine }
}

/** Writes a piece of the file: what it changes, its report, and how far the job is, in one transaction. */
const writePiece = (ctx: Context, piece: Piece, failed?: Sentence): Promise<unknown> =>
  command(ctx, { operation: 'bulkImport', input: null }, async (asBefore) => {
    const { turn, file, reads } = piece
    const inner = await stillPermitted(asBefore, turn)
    const entries = reads.flatMap(({ entry }) => entry ?? [])
    const failure = (): Outcome => ({
      is: 'REFUSED',
      refusals: [BULK.refuse('ROW_FAILED', { reason: failed ?? UNDONE }).error],
    })
    const applied = failed === undefined ? await applyAll(inner, turn, entries) : entries.map(failure)
    const byEntry = new Map(entries.map((entry, index) => [entry, applied[index]]))
    const outcomes = reads.map(({ entry }) => entry && byEntry.get(entry))
    await noteRefusals(
      inner,
      turn,
      reads.flatMap((each, index) => reportOf(each, outcomes[index])),
    )
    const cursor = positionOf(piece)
    const found = outcomes.flatMap((outcome) =>
      outcome && outcome.is !== 'REFUSED' ? (outcome.warnings ?? []) : [],
    )
    file.warnings = addWarnings(file.warnings, found)
    await noteStep(inner, turn, {
      ...countsOf(outcomes),
      position: cursor.offset,
      cursor,
      warnings: file.warnings,
    })
    return ok(null)
  })

/** The state of an error of the data, such as a value that two wrote at once: nothing that trying again would heal. */
const dataError = (error: unknown): Sentence | undefined => {
  const { code = '', constraint } = (error ?? {}) as { readonly code?: string; readonly constraint?: string }
  return /^2[23]/.test(code) ? failureOf(code, constraint ?? code) : undefined
}

/** Writes a piece, or, when its rows get into each other's or somebody else's way, each of them by itself. */
const writeOrSplit = async (ctx: Context, piece: Piece): Promise<void> => {
  try {
    await writePiece(ctx, piece)
  } catch (error) {
    const reason = dataError(error)
    if (reason === undefined) throw error
    if (piece.reads.length === 1) await writePiece(ctx, piece, reason)
    else for (const each of piece.reads) await writeOrSplit(ctx, { ...piece, reads: [each] })
  }
}

const LOST: readonly string[] = ['ROW_TOO_LONG', 'ROW_TOO_MANY_LINES']

const isLost = ({ refused }: Unit): boolean => refused.some(({ refusal }) => LOST.includes(refusal.code))

/** Rows of one transaction, whatever they belong to. */
const MAX_ROWS = 1_000

/**
 * Goes on with an import until its file ends, or `mayGoOn` says that others wait. Every piece commits with the place
 * behind it, so that whoever goes on does nothing twice.
 */
export const runImport = async (
  ctx: Context,
  turn: Turn,
  mayGoOn: () => boolean,
): Promise<'ENDED' | 'MORE'> => {
  const opened = await openFile(ctx, turn.job, turn.cursor as Bookmark | null)
  if (!opened.ok) {
    await endTurn(ctx, turn, { state: 'FAILED', problem: opened.error })
    return 'ENDED'
  }
  const file = opened.value
  const { batch } = KINDS[turn.job.kind]
  let reads: Read[] = []
  let rows = 0
  let lost = 0
  for await (const unit of file.units) {
    if (isLost(unit)) lost += 1
    reads.push(read(file, unit))
    rows += unit.rows.length
    if (lost > MAX_LOST_ROWS) {
      const problem = BULK.refuse('FILE_MALFORMED', { errors: lost }).error
      await endTurn(ctx, turn, { state: 'FAILED', problem })
      return 'ENDED'
    }
    if (reads.length < batch && rows < MAX_ROWS) continue
    await writeOrSplit(ctx, { turn, file, reads })
    reads = []
    rows = 0
    if (!mayGoOn()) return 'MORE'
  }
  if (reads.length > 0) await writeOrSplit(ctx, { turn, file, reads })
  else if (turn.cursor === null && file.warnings.length > 0) {
    await command(ctx, { operation: 'bulkImport', input: null }, async (inner) => {
      await noteStep(inner, turn, {
        position: file.bookmark.offset,
        cursor: file.bookmark,
        warnings: file.warnings,
      })
      return ok(null)
    })
  }
  await endTurn(ctx, turn, { state: 'DONE' })
  return 'ENDED'
}
