import { delayAfter, pause } from './backoff.ts'
import type { AskingContext, Connection } from './connection.ts'
import { operationOf, type TypedDocument } from './document.ts'
import { errorOfAnswer, errorOfFailure, NetworkError, type ClientError } from './errors.ts'
import type { Listen } from './listen.ts'
import type { Answer } from './request.ts'

/** What one subscription may set beside its variables. */
export interface SubscribeOptions {
  /** The last `eventId` the caller has: the API first sends what came since. The document must declare `$after`. */
  readonly after?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly context?: AskingContext
  /**
   * Called each time the API listens. `resumed` says that everything since the last event comes; when it is false there
   * was no event to go on from: read now what you show.
   */
  readonly onOpen?: (resumed: boolean) => void
  /** Called each time the connection was lost, before it is made again. */
  readonly onLost?: (error: ClientError) => void
}

interface Run extends SubscribeOptions {
  readonly text: string
  readonly variables: object
  readonly stop: AbortController
}

const dataOf = ({ data, errors }: Answer): object => {
  const hasValue = data && Object.values(data).some((value) => value !== null)
  if (data && (hasValue || !errors?.length)) return data
  throw errorOfAnswer(errors ?? [])
}

const eventIdOf = (data: object): string | undefined => {
  for (const value of Object.values(data) as ({ eventId?: unknown } | null)[])
    if (typeof value?.eventId === 'string') return value.eventId
  return undefined
}

async function* follow(connection: Connection, listen: Listen, run: Run): AsyncGenerator<object> {
  const { tokens, backoff } = connection
  const { signal } = run.stop
  let { after } = run
  let hasRenewed = false
  for (let failures = 0; !signal.aborted;) {
    let error: ClientError = new NetworkError('UNAVAILABLE', 'The API ended the subscription', {
      retryable: true,
    })
    let token: string | undefined
    try {
      token = await tokens.current()
      const variables = after === undefined ? run.variables : { ...run.variables, after }
      const call = { text: run.text, variables, token, context: run.context, headers: undefined }
      const resumed = after !== undefined
      for await (const answer of listen(call, { signal, onOpen: () => run.onOpen?.(resumed) })) {
        const data = dataOf(answer)
        failures = 0
        hasRenewed = false
        after = eventIdOf(data) ?? after
        yield data
      }
    } catch (cause) {
      if (signal.aborted) return
      error = errorOfFailure(cause)
      const mayRenew = error.code === 'UNAUTHENTICATED' && !hasRenewed
      const renewed = mayRenew && (await tokens.renewed(token).catch(errorOfFailure))
      if (renewed === true) hasRenewed = true
      else {
        error = renewed || error
        if (!error.retryable) throw error
      }
    }
    if (signal.aborted) return
    run.onLost?.(error)
    failures += 1
    await pause(Math.max(error.retryAfterMs ?? 0, delayAfter(failures, backoff)), signal)
  }
}

/**
 * Follows a subscription for ever: a lost connection is made again after a wait, with `after` set to the last `eventId`
 * seen, so nothing is missed and nothing comes twice. Ends by `return()` or the signal; throws `ClientError` for what a
 * new attempt would not change. Nothing is sent before the first `next()`.
 */
export const subscribe = (
  { connection, listen }: { readonly connection: Connection; readonly listen: Listen },
  document: TypedDocument<never, never>,
  variables: object,
  options: SubscribeOptions = {},
): AsyncIterableIterator<unknown> => {
  const stop = new AbortController()
  const end = () => stop.abort()
  if (options.signal?.aborted) end()
  options.signal?.addEventListener('abort', end, { once: true })
  const { text } = operationOf(document)
  const events = follow(connection, listen, { ...options, text, variables, stop })
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
