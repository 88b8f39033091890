import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  BULK,
  type BulkJob,
  isGenuine,
  jobById,
  readChunks,
  readLink,
  reportLines,
  takeUpload,
} from '@hilo/bulk'
import { allChannels } from '@hilo/channels'
import type { Context, Database } from '@hilo/db'
import {
  type Clock,
  decodeId,
  marketReader,
  negotiateLocale,
  newId,
  type Refusal,
  refusalMessage,
  SYSTEM,
} from '@hilo/kernel'
import type { Logger } from 'pino'

/** What taking in and giving out the files of jobs needs. */
export interface BulkRouteOptions {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  /** Most bytes of a file to import. */
  readonly maxBytes: number
}

const STATUS: Readonly<Record<string, number>> = {
  BULK_LINK_INVALID: 403,
  BULK_FILE_TOO_LARGE: 413,
  BULK_OFFSET_WRONG: 409,
  BULK_JOB_OVER: 409,
}

const refuse = (request: IncomingMessage, response: ServerResponse, refusal: Refusal): void => {
  const locale = negotiateLocale(request.headers['accept-language'], 'en')
  const spec = BULK.catalogue[refusal.code as keyof typeof BULK.catalogue]
  const message = spec ? refusalMessage(spec, refusal, locale) : refusal.code
  const { offset } = refusal.data as { readonly offset?: string }
  response.writeHead(STATUS[refusal.code] ?? 400, {
    'content-type': 'application/json; charset=utf-8',
    ...(offset !== undefined && { 'upload-offset': offset }),
    // What is still on its way belongs to nobody.
    connection: 'close',
  })
  response.end(JSON.stringify({ error: { code: refusal.code, message } }))
}

const contextFor = async ({ database, clock }: BulkRouteOptions): Promise<Context | undefined> => {
  const [channel] = await allChannels(database.kysely)
  if (!channel) return undefined
  const reader = marketReader(channel.market)
  return { db: database.kysely, actor: SYSTEM, channel, ...reader, now: clock, correlationId: newId() }
}

/** `Upload-Offset` and `Upload-Complete` as in the IETF's Resumable Uploads for HTTP; a request with neither brings it all. */
const partOf = ({ headers }: IncomingMessage) => ({
  offset: Number(/^\d{1,15}$/.exec(String(headers['upload-offset'] ?? '0'))?.[0] ?? Number.NaN),
  isLast: headers['upload-complete'] !== '?0',
})

const upload = async (
  options: BulkRouteOptions,
  job: BulkJob,
  request: IncomingMessage,
  response: ServerResponse,
) => {
  const { offset, isLast } = partOf(request)
  const length = Number(request.headers['content-length'] ?? 0)
  if (offset + length > options.maxBytes) {
    return refuse(
      request,
      response,
      BULK.refuse('BULK_FILE_TOO_LARGE', { max: String(options.maxBytes) }).error,
    )
  }
  const ctx = await contextFor(options)
  if (!ctx) return refuse(request, response, BULK.refuse('BULK_LINK_INVALID', {}).error)
  const part = { jobId: job.id, offset, isLast, body: request, maxBytes: options.maxBytes }
  const taken = await takeUpload(ctx, part)
  if (!taken.ok) return refuse(request, response, taken.error)
  response.writeHead(204, { 'upload-offset': String(taken.value), 'upload-complete': isLast ? '?1' : '?0' })
  response.end()
}

const TYPES = { CSV: 'text/csv; charset=utf-8', JSONL: 'application/jsonl; charset=utf-8' } as const

const send = async (
  request: IncomingMessage,
  response: ServerResponse,
  { name, type, body }: { name: string; type: string; body: AsyncIterable<string | Buffer> },
) => {
  response.writeHead(200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
  if (request.method === 'HEAD') return void response.end()
  await pipeline(Readable.from(body), response)
}

const answer = async (options: BulkRouteOptions, request: IncomingMessage, response: ServerResponse) => {
  const link = readLink((request.url ?? '').split('?', 1)[0]!)
  const id = link && decodeId('bulkJob', link.jobId)
  const { kysely: db } = options.database
  const job = id && (await jobById(db, id))
  if (!link || !job || !isGenuine(job, link, options.clock())) {
    return refuse(request, response, BULK.refuse('BULK_LINK_INVALID', {}).error)
  }
  const { method } = request
  if (link.use === 'upload' && method === 'HEAD') {
    response.writeHead(204, { 'upload-offset': String(job.bytes), 'cache-control': 'no-store' })
    return void response.end()
  }
  const wanted = link.use === 'upload' ? ['PUT', 'PATCH'] : ['GET', 'HEAD']
  if (!wanted.includes(method ?? '')) {
    response.writeHead(405, { allow: wanted.join(', ') })
    return void response.end()
  }
  if (link.use === 'upload') return upload(options, job, request, response)
  const name = `${job.kind.toLowerCase()}-${job.createdAt.toISOString().slice(0, 10)}`
  if (link.use === 'report') {
    const body = reportLines(db, job.id)
    return send(request, response, { name: `${name}-refused.csv`, type: TYPES.CSV, body })
  }
  const type = TYPES[job.format]
  return send(request, response, {
    name: `${name}.${job.format.toLowerCase()}`,
    type,
    body: readChunks(db, job.id),
  })
}

/** Takes in the files of imports and gives out those of exports and the reports, below `/bulk/`, to whoever has the signed link. */
export const createBulkRoutes =
  (options: BulkRouteOptions) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    answer(options, request, response).catch((error: unknown) => {
      // A client that went away is no failure: what it has sent stays, and it goes on from there.
      if (!request.destroyed) options.logger.error({ err: error }, 'a file of an import or export was cut')
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { connection: 'close' }).end()
    })
  }
