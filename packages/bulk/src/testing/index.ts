import { command, type Context } from '@hilo/db'
import { ok, unwrap, type Uuid } from '@hilo/kernel'
import { createExport, createImport } from '../create-job.ts'
import { readChunks } from '../files/chunks.ts'
import { refusalsOf } from '../files/report.ts'
import { takeUpload } from '../files/take-upload.ts'
import type { BulkFormat, BulkJob, BulkKind, ExportSettings, ImportSettings } from '../job.ts'
import { jobById } from '../job-queries.ts'
import { runNextTurn } from '../run/start-bulk.ts'

/** What a test says about an import; everything else is as it is when nothing is said. */
export interface TestImport extends Partial<ImportSettings> {
  readonly kind?: BulkKind
  readonly format?: BulkFormat
  readonly file: string | Uint8Array
}

const DEFAULTS: ImportSettings = {
  mode: 'UPSERT',
  dryRun: false,
  system: 'default',
  emptyCells: 'KEEP',
  locale: 'en',
}

const inCommand = async (
  ctx: Context,
  run: (inner: Context) => Promise<{ readonly jobId: Uuid }>,
): Promise<Uuid> =>
  unwrap(await command(ctx, { operation: 'test', input: null }, async (inner) => ok(await run(inner)))).jobId

/** Makes an import that waits for its file. */
export const newImport = (
  ctx: Context,
  { kind = 'PRODUCTS', format = 'CSV', ...settings }: Omit<TestImport, 'file'> = {},
): Promise<Uuid> =>
  inCommand(ctx, async (inner) =>
    unwrap(await createImport(inner, { kind, format, settings: { ...DEFAULTS, ...settings } })),
  )

/** Makes an import and gives it its file; it waits for a worker then. */
export const queueImport = async (ctx: Context, { file, ...wanted }: TestImport): Promise<Uuid> => {
  const jobId = await newImport(ctx, wanted)
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const body = (async function* () {
    yield bytes
  })()
  unwrap(await takeUpload(ctx, { jobId, offset: 0, isLast: true, body, maxBytes: 1e9 }))
  return jobId
}

/** Does everything that waits. */
export const runAll = async (ctx: Context): Promise<void> => {
  while (await runNextTurn(ctx));
}

/** A job as it is now, with why rows were refused: `line path CODE`. */
export const jobNow = async (
  ctx: Context,
  jobId: Uuid,
): Promise<BulkJob & { readonly report: readonly string[] }> => {
  const rows = await refusalsOf(ctx.db, jobId, { after: 0, limit: 10_000 })
  const report = rows.map(({ line, path, code }) => `${line} ${path} ${code}`)
  return { ...(await jobById(ctx.db, jobId))!, report }
}

/** Imports a file to the end. */
export const runImportOf = async (ctx: Context, wanted: TestImport) => {
  const jobId = await queueImport(ctx, wanted)
  await runAll(ctx)
  return jobNow(ctx, jobId)
}

/** The text of the file of a job. */
export const fileOf = async (ctx: Context, jobId: Uuid): Promise<string> => {
  const pieces: Buffer[] = []
  for await (const piece of readChunks(ctx.db, jobId)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** Makes an export, which waits for a worker. */
export const newExport = (
  ctx: Context,
  kind: BulkKind,
  format: BulkFormat,
  settings: Partial<ExportSettings> = {},
): Promise<Uuid> =>
  inCommand(ctx, async (inner) =>
    unwrap(
      await createExport(inner, {
        kind,
        format,
        settings: { system: 'default', where: {}, formulaSafe: false, ...settings },
      }),
    ),
  )

/** Exports a kind to the end, and gives the file. */
export const runExportOf = async (...[ctx, ...wanted]: Parameters<typeof newExport>): Promise<string> => {
  const jobId = await newExport(ctx, ...wanted)
  await runAll(ctx)
  return fileOf(ctx, jobId)
}
