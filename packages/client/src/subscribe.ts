import type { DocumentNode } from 'graphql'
import { delayAfter, pause } from './backoff.ts'
import { post, type Connection, type RequestHeaders } from './connection.ts'
import { operationOf } from './document.ts'
import {
  ClientError,
  errorOfAnswer,
  errorOfFailure,
  errorOfStatus,
  type GraphQLErrorEntry,
} from './errors.ts'
import { eventParser } from './sse.ts'

/** What one subscription may set beside its variables. */
export interface SubscribeOptions {
  /** The last `eventId` the caller has: the API first sends what came since. The document must declare `$after`. */
  readonly after?: string
  readonly signal?: AbortSignal
  readonly headers?: RequestHeaders
  /** Called each time the API has accepted the subscription: from now on nothing is missed. */
  readonly onOpen?: () => void
  /** Called each time the connection was lost, before it is made again. */
  readonly onLost?: (error: ClientError) => void
}

interface Run extends SubscribeOptions {
  readonly text: string
  readonly variables: object
  readonly stop: AbortController
}

const open = async (connection: Connection, run: Run, after: string | undefined): Promise<Response> => {
  const call = {
    text: run.text,
    variables: after === undefined ? run.variables : { ...run.variables, after },
    accept: 'text/event-stream',
    headers: run.headers,
  }
  const response = await post(connection, call, run.stop.signal)
  if (response.ok && response.headers.get('content-type')?.startsWith('text/event-stream')) return response
  const answer = (await response.json().catch(() => undefined)) as
    | { errors?: GraphQLErrorEntry[] }
    | undefined
  throw answer?.errors?.length ? errorOfAnswer(answer.errors, response.status) : errorOfStatus(response)
}

const dataOf = (text: string, status: number): object => {
  const answer = JSON.parse(text) as { data?: Record<string, unknown> | null; errors?: GraphQLErrorEntry[] }
  const hasValue = answer.data && Object.values(answer.data).some((value) => value !== null)
  if (answer.data && (hasValue || !answer.errors?.length)) return answer.data
  throw errorOfAnswer(answer.errors ?? [], status)
}

type Interruption = 'stopped' | 'silent'

/** The chunks of a stream, until it ends, the signal aborts or nothing comes for `idleMs`. */
async function* chunksOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { idleMs, signal }: { idleMs: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  let interrupt: (why: Interruption) => void = () => {}
  const stop = () => interrupt('stopped')
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      // A pending read of an in-process stream ends neither by abort nor by cancel, so it is not waited for.
      const interruption = Promise.withResolvers<Interruption>()
      interrupt = interruption.resolve
      const timer = setTimeout(interrupt, idleMs, 'silent')
      const read = await Promise.race([reader.read(), interruption.promise]).finally(() =>
        clearTimeout(timer),
      )
      if (read === 'silent') throw new ClientError('TIMEOUT', 'The API went silent', { retryable: true })
      if (read === 'stopped' || read.done) return
      yield read.value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    reader.cancel().catch(() => {})
  }
}

/** The messages of one connection, until it ends or fails. */
async function* listen(connection: Connection, run: Run, after: string | undefined): AsyncGenerator<object> {
  const response = await open(connection, run, after)
  const parse = eventParser()
  run.onOpen?.()
  const limits = { idleMs: connection.idleMs, signal: run.stop.signal }
  for await (const chunk of chunksOf(response.body!.getReader(), limits)) {
    for (const { event, data } of parse(chunk)) {
      if (event === 'complete') return
      if (event === 'next') yield dataOf(data, response.status)
    }
  }
}

const eventIdOf = (data: object): string | undefined => {
  for (const value of Object.values(data) as ({ eventId?: unknown } | null)[])
    if (typeof value?.eventId === 'string') return value.eventId
  return undefined
}

async function* follow(connection: Connection, run: Run): AsyncGenerator<object> {
  let { after } = run
  let failures = 0
  while (!run.stop.signal.aborted) {
    let error = new ClientError('UNAVAILABLE', 'The API ended the subscription', { retryable: true })
    try {
      for await (const data of listen(connection, run, after)) {
        failures = 0
        after = eventIdOf(data) ?? after
        yield data
      }
    } catch (cause) {
      if (run.stop.signal.aborted) return
      error = errorOfFailure(cause)
      if (!error.retryable) throw error
    }
    if (run.stop.signal.aborted) return
    run.onLost?.(error)
    failures += 1
    const wait = Math.max(error.retryAfterMs ?? 0, delayAfter(failures, connection.backoff))
    await pause(wait, run.stop.signal)
  }
}

/**
 * Follows a subscription over SSE (graphql-sse, distinct connections) for ever: a lost connection is made again after a
 * wait, with `after` set to the last `eventId` seen, so nothing is missed. Ends by `return()` or the signal; throws
 * `ClientError` for what a new attempt would not change. Nothing is sent before the first `next()`.
 */
export const subscribe = (
  connection: Connection,
  document: string | DocumentNode,
  variables: object,
  options: SubscribeOptions = {},
): AsyncIterableIterator<unknown> => {
  const stop = new AbortController()
  const end = () => stop.abort()
  if (options.signal?.aborted) end()
  options.signal?.addEventListener('abort', end, { once: true })
  const { text } = operationOf(document)
  const events = follow(connection, { ...options, text, variables, stop })
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: () => events.next(),
    return: async () => {
      options.signal?.removeEventListener('abort', end)
      end()
      return events.return(undefined)
    },
  }
}
