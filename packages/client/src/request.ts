import type { DocumentNode } from 'graphql'
import { delayAfter, pause } from './backoff.ts'
import { post, type Call, type Connection, type RequestHeaders } from './connection.ts'
import { isRepeatable, operationOf } from './document.ts'
import { errorOfAnswer, errorOfFailure, errorOfStatus, type GraphQLErrorEntry } from './errors.ts'

/** What one request may set beside its variables. */
export interface RequestOptions {
  readonly signal?: AbortSignal
  readonly headers?: RequestHeaders
  /** Attempts, the first included; 1 leaves retries to the caller. */
  readonly attempts?: number
}

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly GraphQLErrorEntry[]
}

const ACCEPT = 'application/graphql-response+json, application/json'

const readAnswer = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  try {
    const answer = JSON.parse(text) as Answer | null
    if (answer && (answer.data !== undefined || Array.isArray(answer.errors))) return answer
  } catch {
    // Falls through: a page of a proxy, or nothing at all.
  }
  throw errorOfStatus(response)
}

const attempt = async (connection: Connection, call: Call, signal?: AbortSignal): Promise<unknown> => {
  const timeout = AbortSignal.timeout(connection.timeoutMs)
  try {
    const response = await post(connection, call, signal ? AbortSignal.any([signal, timeout]) : timeout)
    const { data, errors } = await readAnswer(response)
    if (errors && errors.length > 0) throw errorOfAnswer(errors, response.status)
    return data
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw errorOfFailure(cause)
  }
}

/**
 * Sends a query or mutation and gives its data. Repeats it after a retryable failure when a repeat is harmless: a
 * query, or a mutation whose input has an `idempotencyKey`. Throws `ClientError`, or the reason of an aborted signal.
 */
export const request = async (
  connection: Connection,
  document: string | DocumentNode,
  variables: unknown,
  options: RequestOptions = {},
): Promise<unknown> => {
  const { text, kind } = operationOf(document)
  const call = { text, variables, accept: ACCEPT, headers: options.headers }
  const attempts = isRepeatable(kind, variables) ? (options.attempts ?? connection.attempts) : 1
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt(connection, call, options.signal)
    } catch (cause) {
      if (options.signal?.aborted) throw cause
      const error = errorOfFailure(cause)
      if (!error.retryable || failures >= attempts) throw error
      await pause(Math.max(error.retryAfterMs ?? 0, delayAfter(failures, connection.backoff)), options.signal)
    }
  }
}
