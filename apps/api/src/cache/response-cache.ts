import { hash } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Database, EventFeed, StoredEvent } from '@hilo/db'
import { loadedKeys, type RequestContext } from '@hilo/graphql'
import { type Clock, GUEST } from '@hilo/kernel'
import { nextShelfBoundary } from '@hilo/promotions'
import { counter } from '@hilo/telemetry'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Charge, Limiter } from '../limits/limiter.ts'
import { shownCost } from '../limits/shown-cost.ts'
import { correlationIdOf } from '../request-context.ts'
import { type AnswerStore, createAnswerStore, type KeptAnswer } from './answer-store.ts'
import { createFlights } from './flights.ts'
import { followChanges } from './follow-changes.ts'
import { isPublicOperation } from './public-operation.ts'
import { keyOf, mayBePublic, readBody } from './public-request.ts'

/** How long an answer is told at most, in milliseconds; what changes is told by events long before. */
const LONGEST_MS = 15_000

const MAX_BYTES = 64 * 1024 * 1024

const hits = counter('hilo_response_cache_hits', 'Requests of guests answered from memory, by status.')

/** Points that an answer out of the cache costs. */
const HIT_COST = 1

/** Headers of a stored answer; the others are of one request. */
const KEPT_HEADERS = ['content-type', 'access-control-allow-origin', 'access-control-expose-headers'] as const

const VARY =
  'Accept, Accept-Language, Authorization, Cookie, Hilo-Cart-Token, Hilo-Channel, Hilo-Device, Origin'

/** A request under way whose answer may be kept. */
interface Pending {
  readonly key: string
  readonly begun: number
  readonly startedAt: number
  /** Set once the answer is known to be public and without errors. */
  context?: RequestContext
}

interface CacheOptions {
  readonly database: Database
  readonly feed: EventFeed
  readonly clock: Clock
  readonly limiter: Limiter
  readonly logger: Logger
  readonly addressOf: (request: IncomingMessage) => string | undefined
}

/** When the clock alone will change prices next; asked anew after a change of prices and after that moment. */
const createBoundary = ({ kysely }: Database) => {
  let known: { readonly after: number; readonly next: Promise<number | undefined> } | undefined
  return {
    forget: (): void => (known = undefined),
    after: async (moment: number): Promise<number> => {
      const next = known && known.after <= moment ? ((await known.next) ?? Infinity) : -Infinity
      if (next > moment) return next
      known = { after: moment, next: nextShelfBoundary(kysely, new Date(moment)) }
      known.next.catch(() => (known = undefined))
      return (await known.next) ?? Infinity
    },
  }
}

/** Where the cost begins in an answer: it is of one request, everything before it is of all. */
const COST = ',"extensions":{"cost":{'

const headOf = (text: string): Buffer | undefined => {
  const at = text.lastIndexOf(COST)
  return at > 0 && text.startsWith('{"data":') ? Buffer.from(text.slice(0, at)) : undefined
}

const costTail = ({ limits }: Limiter, charge: Charge | undefined): string =>
  `,"extensions":{"cost":${JSON.stringify(shownCost(HIT_COST, limits.cost, charge))}}}`

/** The ids of variants among what was loaded; a key may say more behind the id. */
const idsIn = (context: RequestContext): ReadonlySet<string> => {
  const ids = new Set<string>()
  for (const key of loadedKeys(context)) ids.add(key.slice(0, 36))
  return ids
}

interface Heard {
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

/** Hears what goes over the wire, so that it can be kept; `onEnd` when all of it was said, however slowly it is read. */
const tap = (response: ServerResponse, onEnd: (heard: Heard) => void): void => {
  const chunks: Buffer[] = []
  let written: Readonly<Record<string, unknown>> = {}
  const hear = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string))
  }
  const { write, end, writeHead } = response as unknown as Record<string, (...args: unknown[]) => unknown>
  Object.assign(response, {
    write: (...args: unknown[]) => {
      hear(args[0])
      return write!.apply(response, args)
    },
    end: (...args: unknown[]) => {
      hear(args[0])
      const ended = end!.apply(response, args)
      onEnd(heard())
      return ended
    },
    writeHead: (...args: unknown[]) => {
      const last = args.at(-1)
      if (last && typeof last === 'object')
        written = Object.fromEntries(Object.entries(last).map(([name, value]) => [name.toLowerCase(), value]))
      return writeHead!.apply(response, args)
    },
  })
  const heard = (): Heard => ({
    text: Buffer.concat(chunks).toString('utf8'),
    headers: Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => {
        const value = response.getHeader(name) ?? written[name]
        return typeof value === 'string' ? [[name, value]] : []
      }),
    ),
  })
}

/**
 * Answers guests the same bytes while nothing in them changes: above GraphQL, so that a hit neither parses nor executes.
 * Only queries of fields declared public, without any credential, and without errors; forgotten by the event log.
 */
export const createResponseCache = ({ database, feed, clock, limiter, logger, addressOf }: CacheOptions) => {
  const store: AnswerStore = createAnswerStore(MAX_BYTES)
  const pending = new WeakMap<IncomingMessage, Pending>()
  const flights = createFlights()
  const boundary = createBoundary(database)
  let isFollowing = true
  const onChange = ({ type }: StoredEvent): void => {
    if (type !== 'StockChanged.v1') boundary.forget()
  }
  const onLost = (error: unknown): void => {
    boundary.forget()
    logger.warn({ err: error }, 'the cache of answers lost the event log, and begins again')
  }
  void followChanges(feed, store, { onChange, onLost })
    .catch((error: unknown) =>
      logger.error({ err: error }, 'the cache of answers cannot follow the event log'),
    )
    .finally(() => (isFollowing = false))

  const tell = (request: IncomingMessage, response: ServerResponse, answer: KeptAnswer): boolean => {
    const asker = limiter.askerOf(GUEST, addressOf(request))
    const charge = asker && limiter.take(asker, HIT_COST)
    if (charge && !charge.ok) return false
    const status = request.headers['if-none-match'] === answer.etag ? 304 : 200
    hits(1, { status })
    const correlationId = correlationIdOf(request.headers['x-correlation-id']?.toString() ?? null)
    logger.debug({ correlationId, status }, 'answered from memory')
    const headers = {
      ...answer.headers,
      vary: VARY,
      etag: answer.etag,
      'cache-control': 'public, max-age=0, must-revalidate',
      age: String(Math.max(0, Math.floor((clock().getTime() - answer.storedAt) / 1_000))),
      'x-correlation-id': correlationId,
    }
    if (status === 304) {
      response.writeHead(304, headers).end()
      return true
    }
    const tail = costTail(limiter, charge)
    response.writeHead(200, { ...headers, 'content-length': answer.head.length + tail.length })
    response.end(Buffer.concat([answer.head, Buffer.from(tail)]))
    return true
  }

  const keep = async (
    { key, begun, startedAt, context }: Pending,
    response: ServerResponse,
    heard: Heard,
  ) => {
    const head = context && response.statusCode === 200 ? headOf(heard.text) : undefined
    if (!head || !context) return
    const until = Math.min(startedAt + LONGEST_MS, await boundary.after(startedAt))
    const answer = {
      head,
      etag: `"${hash('sha256', head, 'base64url')}"`,
      headers: heard.headers,
      storedAt: startedAt,
      until,
      variantIds: idsIn(context),
    }
    flights.learn(key)
    if (isFollowing) store.keep(key, answer, begun)
  }

  const ask = async (
    request: IncomingMessage,
    response: ServerResponse,
    next: RequestListener,
  ): Promise<void> => {
    const body = request.method === 'POST' ? await readBody(request) : ''
    if (body === undefined) return void response.destroy()
    const key = keyOf(request, body)
    const now = (): number => clock().getTime()
    let answer = store.find(key, now())
    const first = answer ? undefined : flights.of(key)
    if (first) {
      await first
      answer = store.find(key, now())
    }
    if (answer && tell(request, response, answer)) return
    // Yoga takes a body that was read before it.
    if (body !== '') Object.assign(request, { body })
    const waiting: Pending = { key, begun: store.begin(), startedAt: now() }
    pending.set(request, waiting)
    const land = flights.begin(key)
    response.once('close', land)
    tap(response, (heard) => {
      void keep(waiting, response, heard)
        .catch((error: unknown) => logger.warn({ err: error }, 'an answer could not be kept'))
        .finally(land)
    })
    next(request, response)
  }

  const plugin: Plugin<{ req?: IncomingMessage }> = {
    onExecute: ({ args }) => {
      const { req } = args.contextValue as { readonly req?: IncomingMessage }
      const waiting = req && pending.get(req)
      const context = args.contextValue as unknown as RequestContext
      if (!waiting || context.actor.kind !== 'guest' || context.cartTokenHash) return
      if (!isPublicOperation(args)) return
      return {
        onExecuteDone: ({ result }) => {
          if ('data' in result && result.data && !result.errors) waiting.context = context
        },
      }
    },
  }

  return {
    plugin,
    store,
    /** Answers from the cache, or lets the next one answer and keeps what it says. */
    before:
      (next: RequestListener): RequestListener =>
      (request, response) => {
        if (isFollowing && mayBePublic(request)) void ask(request, response, next)
        else next(request, response)
      },
  }
}
