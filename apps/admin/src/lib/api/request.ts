import { print } from '@0no-co/graphql.web'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { TadaDocumentNode } from './graphql.ts'

/** The API could not answer: no network, no permission, a bug. An expected no comes as a refusal instead. */
export class ApiError extends Error {
  /** `UNREACHABLE`, or the code of the API such as `UNAUTHENTICATED`. */
  readonly code: string
  /** Seconds to wait before the API would answer, when it said so. */
  readonly retryAfter: number | undefined

  constructor(code: string, message: string, retryAfter?: number) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.retryAfter = retryAfter
  }
}

interface Failure {
  readonly message: string
  readonly extensions?: { readonly code?: string; readonly retryAfter?: number }
}

interface Answer<Result> {
  readonly data?: Result | null
  readonly errors?: readonly Failure[]
}

const texts = new WeakMap<object, string>()

/** The document as text; printed once. */
export const textOf = (document: TadaDocumentNode<never, never>): string => {
  let text = texts.get(document)
  if (!text) texts.set(document, (text = print(document as never)))
  return text
}

interface RequestOptions {
  /** The code of the channel to be answered in; without it the shop's own default. */
  readonly channel?: string
}

/** Asks the API as the staff member signed in. Throws `ApiError` for anything but an answer without errors. */
export const request = async <Result, Variables>(
  fetch: typeof globalThis.fetch,
  document: TadaDocumentNode<Result, Variables>,
  variables: NoInfer<Variables>,
  { channel }: RequestOptions = {},
): Promise<Result> => {
  const answer = await post<Result>(fetch, { query: textOf(document as never), variables }, channel)
  const error = answer.errors?.[0]
  if (error) {
    const { code = 'INTERNAL', retryAfter } = error.extensions ?? {}
    throw new ApiError(code, error.message, retryAfter)
  }
  if (!answer.data) throw new ApiError('INTERNAL', 'The API answered without data')
  return answer.data
}

const post = async <Result>(
  fetch: typeof globalThis.fetch,
  body: { readonly query: string; readonly variables: unknown },
  channel: string | undefined,
): Promise<Answer<Result>> => {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'accept-language': getLocale(),
        // The API refuses cookies without it: a foreign page cannot send this header.
        'hilo-csrf': '1',
        ...(channel ? { 'hilo-channel': channel } : {}),
      },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Answer<Result>
  } catch {
    // A change may have happened all the same.
    throw new ApiError(
      'UNREACHABLE',
      /^mutation\b/.test(body.query) ? m.error_not_saved() : m.error_unreachable(),
    )
  }
}
