import { ok, type Result, type Uuid } from '@hilo/kernel'
import type { Context } from '@hilo/db'
import { BULK } from '../errors.ts'
import { readChunks } from '../files/chunks.ts'
import type { BulkJob, ImportSettings, Warning } from '../job.ts'
import { KINDS } from '../kinds/index.ts'
import type { CsvPlan, Entry } from '../kind.ts'
import { MAX_CELLS } from '../read/csv-record.ts'
import { type FileStart, readLines } from '../read/lines.ts'
import { rowName } from '../read/record-name.ts'
import { readCsvRows, readJsonRows, type Row } from '../read/rows.ts'
import { delimiterOf, textStart } from '../read/sniff.ts'
import { addWarnings } from '../warnings.ts'
import { REASONS } from '../words.ts'
import { groupRows, type Unit } from '../read/units.ts'

/** Where an import is in its file, as its row keeps it. */
export interface Bookmark extends FileStart {
  readonly delimiter?: string
  readonly header?: readonly string[]
}

/** A file that can be read on from a bookmark. */
export interface OpenFile {
  readonly bookmark: Bookmark
  /** Grows with what is found in its rows. */
  warnings: readonly Warning[]
  readonly units: AsyncGenerator<Unit, void, void>
  readonly toEntry: (unit: Unit) => Entry | undefined
}

/** Columns of a file at most. */
const MAX_COLUMNS = 1_000

const firstOf = async <T>(items: AsyncIterable<T>): Promise<T | undefined> => {
  for await (const item of items) return item
  return undefined
}

const readHeader = async (
  { db }: Context,
  jobId: Uuid,
  { offset, settings }: { readonly offset: number; readonly settings: ImportSettings },
): Promise<Result<Bookmark>> => {
  const start = { offset, line: 1 }
  const first = await firstOf(readLines(readChunks(db, jobId, offset), start))
  if (!first) return BULK.refuse('FILE_EMPTY', {})
  const delimiter = settings.delimiter ?? delimiterOf(first.bytes.toString('utf8'))
  const row = await firstOf(readCsvRows(readLines(readChunks(db, jobId, offset), start), delimiter))
  if (!row) return BULK.refuse('FILE_EMPTY', {})
  if (first.isCut || row.refusal?.code === 'ROW_TOO_LONG' || row.cells.length > MAX_COLUMNS) {
    return BULK.refuse('FILE_TOO_MANY_COLUMNS', { max: Math.min(MAX_COLUMNS, MAX_CELLS) })
  }
  if (row.refusal) {
    const facts = { encoding: 'Latin-1 / Windows-1252' }
    return row.refusal.code === 'ROW_NOT_TEXT'
      ? BULK.refuse('FILE_ENCODING', facts)
      : BULK.refuse('FILE_HEADER_INVALID', { reason: REASONS.quotes })
  }
  const header = row.cells.map((cell) => cell.trim().slice(0, 300).replaceAll('\0', ''))
  const twice = header.find((name, index) => name !== '' && header.indexOf(name) !== index)
  if (twice !== undefined) {
    const reason = REASONS.columnTwice(twice.slice(0, 60).toWellFormed())
    return BULK.refuse('FILE_HEADER_INVALID', { reason })
  }
  return ok({ offset: row.end, line: row.nextLine, delimiter, header })
}

const tooManyCells = (row: Row, columns: number): Row => {
  const over = row.cells.length > columns && row.cells.slice(columns).some((cell) => cell !== '')
  if (row.refusal || !over) return row
  const facts = { cells: row.cells.length, columns }
  return { ...row, refusal: BULK.refuse('ROW_TOO_MANY_CELLS', facts).error }
}

const soundRows = async function* (rows: AsyncIterable<Row>, columns: number) {
  for await (const row of rows) yield tooManyCells(row, columns)
}

const csvFile = (ctx: Context, job: BulkJob, bookmark: Bookmark, plan: CsvPlan): OpenFile => {
  const lines = readLines(readChunks(ctx.db, job.id, bookmark.offset), bookmark)
  const rows = soundRows(readCsvRows(lines, bookmark.delimiter!), bookmark.header!.length)
  return {
    bookmark,
    // Those of a turn before are told already.
    warnings: addWarnings(plan.warnings, job.warnings),
    units: groupRows(rows, { groupOf: plan.groupOf, nameOf: rowName(bookmark.header!) }),
    toEntry: ({ rows: own }) => (own.length === 0 ? undefined : plan.toEntry(own)),
  }
}

const parseObject = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

const jsonFile = (ctx: Context, job: BulkJob, bookmark: Bookmark): OpenFile => ({
  bookmark,
  warnings: [],
  units: groupRows(readJsonRows(readLines(readChunks(ctx.db, job.id, bookmark.offset), bookmark)), {
    groupOf: ({ line }) => String(line),
    nameOf: () => undefined,
  }),
  toEntry: ({ line, rows: [row] }) => row && { line, item: parseObject(row.cells[0]!) },
})

/** Opens the file of an import where it was left, or at its beginning; refuses one that cannot be read at all. */
export const openFile = async (
  ctx: Context,
  job: BulkJob,
  left: Bookmark | null,
): Promise<Result<OpenFile>> => {
  const settings = job.settings as ImportSettings
  let bookmark = left
  if (!bookmark) {
    const start = textStart(await firstOf(readChunks(ctx.db, job.id)))
    if (!start.ok) return start
    bookmark = { offset: start.value, line: 1 }
    if (job.format === 'CSV') {
      const header = await readHeader(ctx, job.id, { offset: start.value, settings })
      if (!header.ok) return header
      bookmark = header.value
    }
  }
  if (job.format === 'JSONL') return ok(jsonFile(ctx, job, bookmark))
  const plan = KINDS[job.kind].plan(bookmark.header!, settings)
  return plan.ok ? ok(csvFile(ctx, job, bookmark, plan.value)) : plan
}
