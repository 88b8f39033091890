import type { KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { hashToken, resolveActor } from '@hilo/access'
import { isStillOpen, knownChannel, knownLocales } from '@hilo/channels'
import type { Database, EventFeed } from '@hilo/db'
import { type AssetDoor, type Outbound, type Quoting, refusalError, type RequestContext } from '@hilo/graphql'
import {
  COMMON,
  contentLocale,
  negotiateLanguage,
  negotiateLocale,
  newId,
  readerIn,
  marketReader,
  type Actor,
  type Channel,
  type Clock,
  type Market,
  type Reader,
  type Result,
} from '@hilo/kernel'
import { traceId } from '@hilo/telemetry'
import type { GraphQLError } from 'graphql'
import { API_REFUSALS } from './errors.ts'

/** What the API needs from outside; the same for every request. */
export interface ApiDependencies {
  readonly database: Database
  readonly feed: EventFeed
  readonly clock: Clock
  /** How often an open subscription asks whether its credentials still hold, in milliseconds. Default 15,000. */
  readonly recheckEvery?: number
  /** Without it webhooks cannot be set up. */
  readonly outbound?: Outbound | undefined
  /** Without it no prices are quoted. */
  readonly quoting?: Quoting | undefined
  /** Without it there are no links to bought files. */
  readonly downloadKey?: KeyObject | undefined
  /** Without it nothing is uploaded. */
  readonly assets?: AssetDoor | undefined
}

/** A request's context with the way to ask again who it is from. */
export interface ApiContext extends RequestContext {
  /**
   * Why the credentials no longer prove what they proved at the beginning, or why this channel, which the operation
   * named, tells nothing more; undefined while all is well.
   */
  readonly recheck: (channel: Channel) => Promise<GraphQLError | undefined>
}

/** Who asks from where, however it came: by HTTP headers or by the first message of a WebSocket. */
export interface Credentials {
  readonly authorization: string | null
  readonly cookie: string | null
  readonly channel: string | null
  readonly cartToken: string | null
  readonly device: string | null
  readonly acceptLanguage: string | null
  readonly correlationId: string | null
  readonly userAgent: string | null
  /** The address of the other end of the connection; unknown for requests made inside the process. */
  readonly address: string | undefined
}

/** The credentials in the headers of a request that came from an address. */
export const credentialsOf = (headers: Headers, address?: string): Credentials => ({
  authorization: headers.get('authorization'),
  cookie: headers.get('cookie'),
  channel: headers.get('hilo-channel'),
  cartToken: headers.get('hilo-cart-token'),
  device: headers.get('hilo-device'),
  acceptLanguage: headers.get('accept-language'),
  correlationId: headers.get('x-correlation-id'),
  userAgent: headers.get('user-agent'),
  address,
})

/** The token of an `Authorization` header. Anything that is not `Bearer …` counts as a token that is not valid. */
const bearerOf = (authorization: string | null): string | undefined =>
  authorization ? (/^Bearer (\S+)$/i.exec(authorization.trim())?.[1] ?? 'malformed') : undefined

const SESSION_COOKIE = /(?:^|;\s*)hilo_session=([^;\s]+)/

/** The session token in a cookie header. */
export const sessionCookie = (cookie: string | null): string | undefined =>
  SESSION_COOKIE.exec(cookie ?? '')?.[1]

/**
 * A correlation id is taken over only when it is short and plain: it goes into logs and events. Without one it is the
 * id of the trace, where there is a trace.
 */
export const correlationIdOf = (given: string | null): string =>
  given && /^[\w.-]{8,64}$/.test(given) ? given : (traceId() ?? newId())

/** The channel that a request names, else the shop's default. */
export const findChannel = async (
  { database }: Pick<ApiDependencies, 'database'>,
  code: string | null,
): Promise<Result<Channel>> => {
  const channel = await knownChannel(database, code)
  return channel ? { ok: true, value: channel } : unknownChannel(code ?? '')
}

const unknownChannel = (code: string) =>
  API_REFUSALS.refuse('UNKNOWN_CHANNEL', { channel: code.slice(0, 60) }, ['Hilo-Channel'])

/**
 * Who reads with this `Accept-Language`: our own sentences in the best of ours, the shop's texts in the best of its
 * languages, both in the market's when the header names none of them.
 */
const readerOf = (
  acceptLanguage: string | null,
  locales: readonly string[],
  market: Market | undefined,
): Reader => {
  if (!market) return { locale: negotiateLocale(acceptLanguage, 'en') }
  const home = marketReader(market)
  return {
    ...readerIn(negotiateLanguage(acceptLanguage, locales) ?? contentLocale(home), market),
    locale: negotiateLocale(acceptLanguage, home.locale),
  }
}

/** Who asks, by these credentials. */
export const identify = (
  { database, clock }: Pick<ApiDependencies, 'database' | 'clock'>,
  credentials: Credentials,
): Promise<Result<Actor>> =>
  resolveActor(database.kysely, {
    bearer: bearerOf(credentials.authorization),
    cookie: sessionCookie(credentials.cookie),
    deviceId: credentials.device ?? undefined,
    now: clock(),
  })

/** Builds the context of a request; throws a GraphQL error for a forged or expired credential or an unknown channel. */
export const createRequestContext = async (
  dependencies: ApiDependencies,
  credentials: Credentials,
): Promise<ApiContext> => {
  const { database, feed, clock, outbound, quoting, downloadKey, assets } = dependencies
  const [actor, channel, locales] = await Promise.all([
    identify(dependencies, credentials),
    findChannel(dependencies, credentials.channel),
    knownLocales(database),
  ])
  const base = {
    db: database.kysely,
    feed,
    outbound,
    quoting,
    downloadKey,
    assets,
    now: clock,
    ...readerOf(credentials.acceptLanguage, locales, channel.ok ? channel.value.market : undefined),
    correlationId: correlationIdOf(credentials.correlationId),
    client: {
      ...(credentials.address ? { address: credentials.address } : {}),
      ...(credentials.userAgent ? { userAgent: credentials.userAgent.slice(0, 300) } : {}),
    },
    cartTokenHash: credentials.cartToken ? hashToken(credentials.cartToken.slice(0, 200)) : undefined,
  }
  if (!actor.ok) throw refusalError(actor.error, { ...base } as RequestContext)
  if (!channel.ok) throw refusalError(channel.error, { ...base } as RequestContext)
  const context = { ...base, actor: actor.value, channel: channel.value }
  const recheck: ApiContext['recheck'] = async ({ code }) => {
    const again = await identify(dependencies, credentials)
    if (!again.ok) return refusalError(again.error, context)
    if (!(await isStillOpen(database, code))) return refusalError(unknownChannel(code).error, context)
    // Another owner of the device, or other permissions: what was allowed at the beginning may not be now.
    if (isDeepStrictEqual(again.value, actor.value)) return undefined
    return refusalError(COMMON.refuse('UNAUTHENTICATED', {}).error, context)
  }
  return { ...context, recheck }
}
