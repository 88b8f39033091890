import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import {
  BULK_FORMATS,
  BULK_KINDS,
  type BulkFormat,
  type BulkJob,
  type BulkKind,
  createExport,
  createImport,
  isOver,
  jobById,
  readChunks,
  reportLines,
  runNextTurn,
  takeUpload,
  warningSentence,
} from '@hilo/bulk'
// The sentences of refusals, which every slice tells where its part of the API is.
import '@hilo/api'
import { command, type Context } from '@hilo/db'
import { type Refusal, type Result, type Uuid } from '@hilo/kernel'
import type { Config } from '../config.ts'
import { systemContext } from '../system-context.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { say, withDatabase } from './with-database.ts'

/** Flags of `hilo import`, beside the file. */
export const IMPORT_OPTIONS = [
  'kind',
  'format',
  'mode',
  'dry-run',
  'system',
  'empty-cells',
  'locale',
  'price-list',
  'sale-list',
  'location',
  'product-type',
  'report',
] as const

/** Flags of `hilo export`, beside the kind. */
export const EXPORT_OPTIONS = ['format', 'to', 'system', 'formula-safe'] as const

type Options<Name extends string> = Readonly<Record<Name, string | undefined>>

/** One of these words, whatever its case; says which there are when it is none. */
const choose = <T extends string>(what: string, given: string, words: readonly T[]): T => {
  const word = words.find((each) => each === given.toUpperCase())
  if (word) return word
  throw new UserFacingError(`${what} is one of ${words.join(', ').toLowerCase()}, not ${given}.`)
}

const valueOf = <T>(result: Result<T>): T => {
  if (result.ok) return result.value
  const { code, data, path }: Refusal = result.error
  throw new UserFacingError(`${code} ${path.join('.')} ${JSON.stringify(data)}`)
}

const WIDTH = 30

/** One line that is written over as long as a person looks at it. */
const show = (job: BulkJob, total: number): void => {
  if (!process.stderr.isTTY) return
  const share = total === 0 ? 0 : Math.min(1, job.position / total)
  const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')
  process.stderr.write(
    `\r${bar} ${Math.round(share * 100)} %  ${job.records} records, ${job.refused} refused `,
  )
}

const LOOK_EVERY_MS = 500

/** Does the job here, or watches the worker that has taken it. */
const finish = async (ctx: Context, jobId: Uuid, total: number): Promise<BulkJob> => {
  for (;;) {
    const worked = await runNextTurn(ctx, { turnMs: LOOK_EVERY_MS })
    const job = (await jobById(ctx.db, jobId))!
    show(job, total)
    if (isOver(job)) {
      if (process.stderr.isTTY) process.stderr.write('\n')
      return job
    }
    if (!worked) await delay(LOOK_EVERY_MS)
  }
}

const inCommand = async <T>(ctx: Context, run: (inner: Context) => Promise<Result<T>>): Promise<T> =>
  valueOf(await command(ctx, { operation: 'bulk', input: null }, run))

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size
  } catch {
    throw new UserFacingError(`There is no file ${path} that can be read.`)
  }
}

const formatOf = (path: string, given: string | undefined): BulkFormat =>
  choose('--format', given ?? (extname(path) === '.jsonl' ? 'JSONL' : 'CSV'), BULK_FORMATS)

/** `hilo import FILE`: does an import to its end, with a bar; the refused rows go to the file of `--report`. */
export const importFile = async (
  config: Config,
  path: string,
  own: Options<(typeof IMPORT_OPTIONS)[number]>,
): Promise<void> => {
  const bytes = await sizeOf(path)
  const named = BULK_KINDS.find((kind) => basename(path).toUpperCase().startsWith(kind))
  const kind: BulkKind = choose('--kind', own.kind ?? named ?? 'PRODUCTS', BULK_KINDS)
  const format = formatOf(path, own.format)
  const settings = {
    mode: choose('--mode', own.mode ?? 'UPSERT', ['UPSERT', 'CREATE', 'UPDATE']),
    dryRun: own['dry-run'] === 'true',
    system: own.system ?? 'default',
    emptyCells: choose('--empty-cells', own['empty-cells'] ?? 'KEEP', ['KEEP', 'CLEAR']),
    priceList: own['price-list'],
    saleList: own['sale-list'],
    location: own.location,
    productType: own['product-type'],
    fileName: basename(path),
  }
  const job = await withDatabase(config, async ({ kysely }) => {
    const ctx = await systemContext(kysely)
    const locale = own.locale ?? ctx.channel.market.defaultLocale
    const { jobId } = await inCommand(ctx, (inner) =>
      createImport(inner, { kind, format, settings: { ...settings, locale } }),
    )
    const body = createReadStream(path)
    const maxBytes = config.bulkMaxBytes
    valueOf(await takeUpload(ctx, { jobId, offset: 0, isLast: true, body, maxBytes }))
    const done = await finish(ctx, jobId, bytes)
    if (own.report !== undefined && done.refused > 0) {
      await pipeline(Readable.from(reportLines(kysely, jobId)), createWriteStream(own.report))
    }
    return done
  })
  const { created, updated, unchanged, refused } = job
  for (const warning of job.warnings) say(warningSentence(warning).en)
  say(`${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused.`)
  if (refused > 0 && own.report === undefined) say('With --report FILE you get why.')
  if (job.state !== 'DONE') {
    const why = job.problem ? `${job.problem.code} ${JSON.stringify(job.problem.data)}` : job.state
    throw new UserFacingError(`The import has not come to its end: ${why}`)
  }
}

/** `hilo export KIND`: writes an export to standard output, or to the file of `--to`. */
export const exportKind = async (
  config: Config,
  word: string,
  own: Options<(typeof EXPORT_OPTIONS)[number]>,
): Promise<void> => {
  const kind = choose('What to export', word, BULK_KINDS)
  const format = formatOf(own.to ?? '', own.format)
  await withDatabase(config, async ({ kysely }) => {
    const ctx = await systemContext(kysely)
    const settings = {
      system: own.system ?? 'default',
      where: {},
      formulaSafe: own['formula-safe'] === 'true',
    }
    const { jobId } = await inCommand(ctx, (inner) => createExport(inner, { kind, format, settings }))
    await finish(ctx, jobId, 0)
    const target = own.to === undefined ? process.stdout : createWriteStream(own.to)
    await pipeline(Readable.from(readChunks(kysely, jobId)), target, { end: own.to !== undefined })
  })
}
