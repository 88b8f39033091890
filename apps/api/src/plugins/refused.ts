import { refusalError, type RequestContext } from '@hilo/graphql'
import { negotiateLocale, type Err } from '@hilo/kernel'
import type { GraphQLError } from 'graphql'

/** As much of a request as a refusal needs before its context stands: in which language it is answered. */
interface Asked {
  readonly locale?: RequestContext['locale']
  readonly request?: Request
  readonly credentials?: { readonly acceptLanguage: string | null }
}

interface Http {
  readonly status: number
  /** True when an answer as plain `application/json` keeps the status 200, as GraphQL over HTTP asks for. */
  readonly spec?: boolean
  /** Seconds. */
  readonly retryAfter?: number
  /** True when the rest of the request will not be read. */
  readonly close?: boolean
}

/** A refusal of the door as an error with its status over HTTP, in the language of the request. */
export const refused = (
  { error }: Err,
  context: object,
  { status, spec = false, retryAfter, close }: Http,
): GraphQLError => {
  const { locale, credentials, request } = context as Asked
  const accepted = credentials?.acceptLanguage ?? request?.headers.get('accept-language') ?? null
  const shown = refusalError(error, { locale: locale ?? negotiateLocale(accepted, 'en') } as RequestContext)
  shown.extensions['http'] = {
    status,
    ...(spec ? { spec } : {}),
    headers: {
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(close ? { connection: 'close' } : {}),
    },
  }
  if (retryAfter !== undefined) shown.extensions['retryable'] = true
  return shown
}
