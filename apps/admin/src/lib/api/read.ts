import { error, redirect } from '@sveltejs/kit'
import { paths } from '#lib/shell/paths.ts'
import type { TadaDocumentNode } from './graphql.ts'
import { ApiError, request } from './request.ts'

interface Page {
  readonly fetch: typeof globalThis.fetch
  readonly url: URL
}

/** Seconds that a page waits at most, all in all, for an answer it asked for too soon. */
const LONGEST_WAIT = 10

/** Asks again when the API says how soon: a page in use, with what is typed in it, is not lost to a busy moment. */
const patiently = async <Result>(ask: () => Promise<Result>, patience = LONGEST_WAIT): Promise<Result> => {
  try {
    return await ask()
  } catch (cause) {
    const wait = cause instanceof ApiError ? cause.retryAfter : undefined
    if (wait === undefined || wait > patience) throw cause
    await new Promise((resolve) => setTimeout(resolve, wait * 1_000))
    return patiently(ask, patience - wait)
  }
}

/** Reads for a page: sends people without a session to sign in and back, and shows the error page for all else. */
export const read = async <Result, Variables>(
  page: Page,
  document: TadaDocumentNode<Result, Variables>,
  variables: NoInfer<Variables>,
): Promise<Result> => {
  try {
    return await patiently(() => request(page.fetch, document, variables))
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause
    if (cause.code === 'UNAUTHENTICATED') redirect(303, signInPath(page.url))
    if (cause.code === 'FORBIDDEN') error(403, cause.message)
    if (cause.code === 'NOT_FOUND' || cause.code === 'INVALID_ID') error(404, cause.message)
    if (cause.code === 'UNREACHABLE') error(503, cause.message)
    error(500, cause.message)
  }
}

/** Where to sign in, coming back to this page afterwards. */
export const signInPath = (url: Pick<URL, 'pathname' | 'search'>): string =>
  `${paths.signIn()}?${new URLSearchParams({ next: url.pathname + url.search })}`
