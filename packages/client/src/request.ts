import { delayAfter, pause } from './backoff.ts'
import { post, type AskingContext, type Call, type Connection, type RequestHeaders } from './connection.ts'
import { operationOf, type TypedDocument } from './document.ts'
import { errorOfAnswer, errorOfFailure, errorOfStatus, type GraphQLErrorEntry } from './errors.ts'
import { withKeys } from './key.ts'

/** What one request may set beside its variables. */
export interface RequestOptions {
  readonly signal?: AbortSignal
  readonly context?: AskingContext
  readonly headers?: RequestHeaders
  /** Attempts, the first included; 1 leaves retries to the caller. */
  readonly attempts?: number
}

/** A GraphQL answer. */
export interface Answer {
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

const attempt = async (connection: Connection, call: Call, given?: AbortSignal): Promise<unknown> => {
  const timeout = AbortSignal.timeout(connection.timeoutMs)
  const signal = given ? AbortSignal.any([given, timeout]) : timeout
  const response = await post(connection, call, { accept: ACCEPT, signal })
  const { data, errors } = await readAnswer(response)
  if (errors && errors.length > 0) throw errorOfAnswer(errors, response)
  return data
}

/** What to send: a mutation that may be sent again gets its keys. */
const repeatable = (
  { kind, inputs }: ReturnType<typeof operationOf>,
  variables: Readonly<Record<string, unknown>>,
  attempts: number,
) => {
  if (kind !== 'mutation' || attempts === 1) return { variables, attempts }
  const keyed = withKeys(variables, inputs)
  return keyed ? { variables: keyed, attempts } : { variables, attempts: 1 }
}

/**
 * Sends a query or mutation and gives its data. Sends it again after a failure that may pass, a mutation with the same
 * idempotency keys; and once with a renewed token. Throws `ClientError`, or the reason of an aborted signal.
 */
export const request = async (
  connection: Connection,
  document: TypedDocument<never, never>,
  given: object = {},
  { signal, context, headers, attempts: wanted = connection.attempts }: RequestOptions = {},
): Promise<unknown> => {
  const operation = operationOf(document)
  const { variables, attempts } = repeatable(operation, given as never, wanted)
  let hasRenewed = false
  for (let failures = 0; ;) {
    let token: string | undefined
    try {
      token = await connection.tokens.current()
      return await attempt(connection, { text: operation.text, variables, token, context, headers }, signal)
    } catch (cause) {
      signal?.throwIfAborted()
      const failure = errorOfFailure(cause)
      const mayRenew = failure.code === 'UNAUTHENTICATED' && !hasRenewed
      const renewed = mayRenew && (await connection.tokens.renewed(token).catch(errorOfFailure))
      if (renewed === true) {
        hasRenewed = true
        continue
      }
      const error = renewed || failure
      failures += 1
      const wait = Math.max(error.retryAfterMs ?? 0, delayAfter(failures, connection.backoff))
      if (!error.retryable || failures >= attempts || wait > connection.backoff.maxMs) throw error
      await pause(wait, signal)
      signal?.throwIfAborted()
    }
  }
}
